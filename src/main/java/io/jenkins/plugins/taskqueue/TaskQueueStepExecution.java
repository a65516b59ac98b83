package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.taskqueue.engine.status.Counts;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.Status.Phase;
import java.io.IOException;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Waits for a queue. Holds no thread meanwhile; after a restart it takes the queue up again. */
final class TaskQueueStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(TaskQueueStepExecution.class.getName());

    private final TaskQueueStep step;
    private String key;
    private volatile Throwable stopped;

    TaskQueueStepExecution(TaskQueueStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        long now = System.currentTimeMillis();
        StepSpec.check(step, run, now);
        BuildQueue queue = TaskQueueAction.add(run, step, null, now);
        key = queue.getKey();
        BuildQueues.get().begin(queue, step, getContext().get(TaskListener.class), this::ended);
        return false;
    }

    @Override
    public void onResume() {
        try {
            BuildQueues.get().begin(queue(), step, getContext().get(TaskListener.class), this::ended);
        } catch (IOException | InterruptedException | RuntimeException e) {
            getContext().onFailure(e);
        }
    }

    private BuildQueue queue() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        TaskQueueAction action = TaskQueueAction.of(run);
        BuildQueue queue = action == null ? null : action.queue(key);
        // A crash may have come between the step's being kept and its build's.
        return queue == null ? TaskQueueAction.add(run, step, key, System.currentTimeMillis()) : queue;
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        boolean first = stopped == null;
        stopped = cause;
        LiveQueue live = BuildQueues.get().live(queue());
        if (live == null) {
            super.stop(cause);
        } else if (first) {
            live.cancel();
        } else {
            live.detach();
            super.stop(cause);
        }
    }

    private void ended(QueueEnd end) {
        if (stopped != null) {
            getContext().onFailure(stopped);
        } else if (end.isUnstable(step)) {
            unstable(end);
        } else if (end.phase() == Phase.SUCCEEDED) {
            getContext().onSuccess(StepResult.of(end.status()));
        } else if (end.phase() == Phase.CANCELLED) {
            CancelledQueue cause = new CancelledQueue(end.queue());
            getContext().onFailure(new FlowInterruptedException(Result.ABORTED, true, cause));
        } else if (end.failure().isEmpty() && OnFailure.of(step.getOnFailure()) == OnFailure.UNSTABLE) {
            unstable(end);
        } else {
            getContext().onFailure(new AbortException(end.sentence()));
        }
    }

    private void unstable(QueueEnd end) {
        try {
            WarningAction warning = new WarningAction(Result.UNSTABLE).withMessage(end.sentence());
            getContext().get(FlowNode.class).addOrReplaceAction(warning);
            getContext().get(Run.class).setResult(Result.UNSTABLE);
            getContext().onSuccess(StepResult.of(end.status()));
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    @Override
    public String getStatus() {
        try {
            Status status = queue().status();
            String phase = status.phase().name().toLowerCase(Locale.ROOT);
            return phase + "; " + Counts.ended(status) + " of " + Counts.total(status) + " items ended";
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "No status", e);
            return null;
        }
    }
}
