package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.taskqueue.engine.status.Status.Phase;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step as a build step of a freestyle job. The build holds its executor for as long as the queue takes. */
public final class TaskQueueBuilder extends Builder {
    private final TaskQueueStep step;

    @DataBoundConstructor
    public TaskQueueBuilder(TaskQueueStep step) {
        this.step = step;
    }

    public TaskQueueStep getStep() {
        return step;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        TaskQueueStep expanded = ExpandedStep.of(step, build.getEnvironment(listener)::expand);
        long now = System.currentTimeMillis();
        StepSpec.check(expanded, build, now);
        BuildQueue queue = TaskQueueAction.add(build, expanded, null, now);
        CompletableFuture<QueueEnd> ended = new CompletableFuture<>();
        BuildQueues.get().begin(queue, expanded, listener, ended::complete);
        return result(await(queue, ended), expanded, build);
    }

    private static QueueEnd await(BuildQueue queue, CompletableFuture<QueueEnd> ended) throws InterruptedException {
        try {
            try {
                return ended.get();
            } catch (InterruptedException aborted) {
                LiveQueue live = BuildQueues.get().live(queue);
                if (live != null) {
                    live.cancel();
                    awaitStopped(live, ended);
                }
                throw aborted;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitStopped(LiveQueue live, CompletableFuture<QueueEnd> ended)
            throws InterruptedException, ExecutionException {
        try {
            ended.get();
        } catch (InterruptedException abortedAgain) {
            live.detach();
            throw abortedAgain;
        }
    }

    private static boolean result(QueueEnd end, TaskQueueStep step, AbstractBuild<?, ?> build) throws AbortException {
        if (end.failure().isPresent()) {
            throw new AbortException(end.failure().get());
        }
        if (end.phase() == Phase.CANCELLED) {
            build.setResult(Result.ABORTED);
        } else if (end.isUnstable(step)) {
            build.setResult(Result.UNSTABLE);
        } else if (end.phase() == Phase.FAILED) {
            build.setResult(OnFailure.of(step.getOnFailure()).result());
        }
        return end.phase() == Phase.SUCCEEDED || OnFailure.of(step.getOnFailure()) == OnFailure.UNSTABLE;
    }

    /** The build step's name and form. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public boolean isApplicable(@SuppressWarnings("rawtypes") Class<? extends AbstractProject> jobType) {
            return true;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TaskQueueStep_displayName();
        }

        /** Whose form is shown. */
        public TaskQueueStep.DescriptorImpl getStepDescriptor() {
            return Jenkins.get().getDescriptorByType(TaskQueueStep.DescriptorImpl.class);
        }
    }
}
