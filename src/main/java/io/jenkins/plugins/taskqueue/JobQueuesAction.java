package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The queues of a job's last builds, as a small chart on the job's page. */
@Restricted(NoExternalUse.class)
public final class JobQueuesAction extends InvisibleAction {
    static final int BUILDS = 20;

    private final Job<?, ?> job;

    JobQueuesAction(Job<?, ?> job) {
        this.job = job;
    }

    /** The builds that have queues that are over, oldest first; empty where there are none among the last ones. */
    public List<BuildBar> getBars() {
        List<Run<?, ?>> builds = new ArrayList<>();
        int looked = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null && looked < BUILDS; run = run.getPreviousBuild()) {
            looked++;
            TaskQueueAction action = TaskQueueAction.of(run);
            if (action != null && !action.getSummaries().isEmpty()) {
                builds.add(run);
            }
        }
        Collections.reverse(builds);
        return BuildBar.of(builds);
    }

    public int getWidth() {
        return BUILDS * BuildBar.WIDTH;
    }

    /** What the tallest bars stand for. */
    public String scale(List<BuildBar> bars) {
        int items = bars.stream().mapToInt(BuildBar::getItems).max().orElse(0);
        long millis = bars.stream().mapToLong(BuildBar::getMillis).max().orElse(0);
        return Messages.JobQueuesAction_scale(items, Util.getTimeSpanString(millis));
    }

    /** Gives each job its chart, which is not there while no build has a queue. */
    @Extension
    public static final class Factory extends TransientActionFactory<Job<?, ?>> {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Class<Job<?, ?>> type() {
            return (Class) Job.class;
        }

        @NonNull
        @Override
        public Class<JobQueuesAction> actionType() {
            return JobQueuesAction.class;
        }

        @NonNull
        @Override
        public Collection<JobQueuesAction> createFor(@NonNull Job<?, ?> job) {
            return List.of(new JobQueuesAction(job));
        }
    }
}
