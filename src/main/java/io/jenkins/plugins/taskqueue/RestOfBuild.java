package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import jenkins.model.ParameterizedJobMixIn;

/** Says of a build that it does only what has not succeeded in an earlier one of its job. */
public final class RestOfBuild extends InvisibleAction implements Queue.QueueAction {
    private final int number;

    RestOfBuild(int number) {
        this.number = number;
    }

    /** Why there is nothing to be run for this build; null where there is. */
    @CheckForNull
    static String refusal(Run<?, ?> run) {
        TaskQueueAction action = TaskQueueAction.of(run);
        if (!(run.getParent() instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> job) || !job.isBuildable()) {
            return Messages.RestOfBuild_notBuildable(run.getParent().getFullDisplayName());
        }
        if (action == null || run.isBuilding()) {
            return Messages.RestOfBuild_running(run.getFullDisplayName());
        }
        boolean left = action.queues().stream().anyMatch(queue -> isLeft(action.summary(queue.getKey())));
        return left ? null : Messages.RestOfBuild_nothing(run.getFullDisplayName());
    }

    private static boolean isLeft(@CheckForNull QueueSummary summary) {
        return summary == null
                || !summary.getResult().equals(Status.Phase.SUCCEEDED.name())
                || summary.getSucceeded() + summary.getSkipped() < summary.getTotal();
    }

    static void schedule(Run<?, ?> run) {
        List<Action> actions = new ArrayList<>();
        actions.add(new RestOfBuild(run.getNumber()));
        actions.add(new CauseAction(new RestOfBuildCause(run), new Cause.UserIdCause()));
        ParametersAction parameters = run.getAction(ParametersAction.class);
        if (parameters != null) {
            actions.add(parameters);
        }
        ParameterizedJobMixIn.scheduleBuild2(run.getParent(), 0, actions.toArray(new Action[0]));
    }

    /** Asked for twice it is done once; and it is another build than any that is waiting. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return actions.stream().noneMatch(action -> action instanceof RestOfBuild rest && rest.number == number);
    }

    /**
     * The source of a queue of a build: itself, or without what the earlier builds have done that this one does the rest of.
     * A queue with a name knows by itself what is done. May read files.
     *
     * @param source closed where there is no answer
     * @throws AbortException with a sentence where it can't be told any more what was done
     */
    static Source rest(BuildQueue queue, Source source) throws AbortException {
        if (rest(queue.getRun()) == null || queue.getRequest().isNamed()) {
            return source;
        }
        try {
            return new RestSource(source, done(queue));
        } catch (AbortException e) {
            source.close();
            throw e;
        }
    }

    private static Set<String> done(BuildQueue queue) throws AbortException {
        Set<String> done = new HashSet<>();
        Run<?, ?> at = queue.getRun();
        for (RestOfBuild rest = rest(at); rest != null; rest = rest(at)) {
            Run<?, ?> before = earlier(at.getParent(), rest.number, at.getNumber());
            if (before == null) {
                throw new AbortException(Messages.RestOfBuild_deleted(rest.number));
            }
            addDone(before, queue, done);
            at = before;
        }
        return done;
    }

    @CheckForNull
    private static RestOfBuild rest(Run<?, ?> run) {
        return run.getAction(RestOfBuild.class);
    }

    @CheckForNull
    private static Run<?, ?> earlier(Job<?, ?> job, int number, int than) {
        return number < than ? job.getBuildByNumber(number) : null;
    }

    private static void addDone(Run<?, ?> run, BuildQueue like, Set<String> done) throws AbortException {
        BuildQueue queue = counterpart(TaskQueueAction.of(run), like);
        if (queue == null) {
            return;
        }
        Status status = queue.status();
        QueueSummary summary = queue.action().summary(queue.getKey());
        boolean nothing = summary != null && summary.getSucceeded() + summary.getSkipped() == 0;
        if (status.items().isEmpty() && !nothing) {
            throw new AbortException(Messages.RestOfBuild_unreadable(run.getNumber(), status.sentence()));
        }
        status.items().stream()
                .filter(row -> row.state() == ItemState.SUCCEEDED || row.state() == ItemState.SKIPPED)
                .map(ItemStatus::name)
                .forEach(done::add);
    }

    /** The same source and worker, and of several of these the one in the same place: a script may have changed since. */
    @CheckForNull
    private static BuildQueue counterpart(@CheckForNull TaskQueueAction action, BuildQueue queue) {
        if (action == null) {
            return null;
        }
        int place = alike(queue.action(), queue.getRequest()).indexOf(queue);
        List<BuildQueue> candidates = alike(action, queue.getRequest());
        return place < candidates.size() ? candidates.get(place) : null;
    }

    private static List<BuildQueue> alike(TaskQueueAction action, QueueRequest request) {
        return action.queues().stream()
                .filter(queue -> Objects.equals(queue.getRequest().getSource(), request.getSource())
                        && Objects.equals(queue.getRequest().getImage(), request.getImage()))
                .toList();
    }
}
