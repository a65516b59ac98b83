package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.PodView;
import java.time.Instant;
import java.util.List;

/**
 * A Job that somebody deletes in the foreground stays until its pods are gone, and takes along every pod that it is
 * given. So the items of it that have not ended are handed to a new batch; not while a pod is being created for them,
 * which may still start.
 */
final class DeletedJobPolicy {
    private DeletedJobPolicy() {}

    static Progress apply(JobView job, Progress progress, List<PodView> pods, Instant time) {
        boolean lost = progress instanceof Progress.Due;
        if (job == null || !job.deleting() || !lost) {
            return progress;
        }
        String sentence = "The Job " + job.name() + " was deleted by somebody; the item goes into a new batch.";
        return StopPolicy.cancelled("JobDeleted", sentence, true, pods, time);
    }
}
