package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Lets pods go whose outcomes have been written. */
record Release(
        KubernetesApi api,
        ObjectNames names,
        Table table,
        Fanout fanout,
        BatchDeletions podDeletions,
        BatchDeletions jobDeletions) {

    private static final long TOGETHER_MILLIS = 100;

    Release(KubernetesApi api, ObjectNames names, Table table, Fanout fanout) {
        this(
                api,
                names,
                table,
                fanout,
                new BatchDeletions(batches -> api.deletePods(names.labels(), batches), Release::aMoment),
                new BatchDeletions(batches -> deleteJobs(api, names, batches), Release::aMoment));
    }

    private static void aMoment() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(TOGETHER_MILLIS);
    }

    void release(BatchRecord record, List<PodView> pods) throws ClusterException, InterruptedException {
        fanout.each(pods.stream().filter(PodView::tracked).toList(), this::untrack);
        List<PodView> there =
                pods.stream().filter(pod -> pod.phase() != PodView.Phase.GONE).toList();
        boolean jobTakesThemAlong =
                record.entries().size() == 1 && there.stream().allMatch(PodView::isTerminal);
        if (there.isEmpty() || record.isEnded() && jobTakesThemAlong) {
            return;
        }
        if (record.isEnded() && !record.merged() && there.size() > 1) {
            podDeletions.delete(record.number());
        } else {
            fanout.each(there, pod -> api.deletePod(pod.name(), -1));
        }
        there.stream().filter(PodView::isTerminal).forEach(this::forget);
    }

    private void untrack(PodView pod) throws ClusterException, InterruptedException {
        try {
            table.pod(api.releasePod(pod.name()));
        } catch (ClusterException e) {
            if (e.kind() != Kind.GONE) {
                throw e;
            }
        }
    }

    /** A terminal pod that nothing tracks is gone as soon as it is deleted. */
    private void forget(PodView pod) {
        table.pod(pod.name()).ifPresent(row -> table.podGone(row.name(), row.uid()));
    }

    /** The batch's Job, and its last pods with it. */
    void deleteJob(BatchRecord record) throws ClusterException, InterruptedException {
        String name = names.batch(record.number());
        jobDeletions.delete(record.number());
        table.job(name).ifPresent(row -> table.jobGone(row.name(), row.uid()));
        table.podsThat(row -> row.view().batch() == record.number()
                        && row.view().isTerminal()
                        && !row.view().tracked())
                .forEach(row -> table.podGone(row.name(), row.uid()));
    }

    private static void deleteJobs(KubernetesApi api, ObjectNames names, Set<Integer> batches)
            throws ClusterException, InterruptedException {
        if (batches.size() == 1) {
            api.deleteJob(names.batch(batches.iterator().next()));
        } else {
            api.deleteJobs(names.labels(), batches);
        }
    }
}
