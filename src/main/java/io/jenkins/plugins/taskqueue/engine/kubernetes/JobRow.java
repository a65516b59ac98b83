package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.JobView;

/**
 * What is kept of a Job.
 *
 * @param view what the loop sees
 * @param placement where its pods may run
 */
record JobRow(JobView view, Placement placement) {

    static JobRow of(Job job, int batch) {
        return new JobRow(JobProgress.view(job, batch), Placement.of(job));
    }
}
