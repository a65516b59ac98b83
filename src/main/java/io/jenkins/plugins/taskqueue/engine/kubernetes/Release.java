package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.ArrayList;
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
                new BatchDeletions(batches -> api.deleteAll(Pod.class, names.labels(), batches), Release::aMoment),
                new BatchDeletions(batches -> deleteJobs(api, names, batches), Release::aMoment));
    }

    private static void aMoment() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(TOGETHER_MILLIS);
    }

    /**
     * A pod is deleted first and let go of then: whoever goes on after a crash in between finds it by its finalizer. Of an
     * ended batch all pods go, and those of several batches together.
     */
    void release(BatchRecord record, List<PodView> pods) throws ClusterException, InterruptedException {
        List<PodView> there =
                pods.stream().filter(pod -> pod.phase() != PodView.Phase.GONE).toList();
        if (there.isEmpty()) {
            return;
        }
        boolean together = record.isEnded() && !table.hasCopyOf(Set.of(record.number())) && deleteTogether(record);
        fanout.each(there, pod -> {
            if (!together) {
                api.deletePod(pod.name(), -1);
            }
            if (pod.tracked()) {
                untrack(pod.name());
            }
        });
        there.stream().filter(PodView::isTerminal).forEach(this::forget);
    }

    /** Whether the batch's pods are deleted: where the API server keeps one, each of the others goes by itself. */
    private boolean deleteTogether(BatchRecord record) throws ClusterException, InterruptedException {
        try {
            podDeletions.delete(record.number());
            return true;
        } catch (ClusterException e) {
            if (e.kind() != Kind.REFUSED) {
                throw e;
            }
            return false;
        }
    }

    /** Removes these, and what an earlier queue of this name has left; never an object that has come by such a name since. */
    void sweep(List<ObjectReference> left, Set<Integer> jobs, List<PodView> pods)
            throws ClusterException, InterruptedException {
        List<ObjectReference> all = new ArrayList<>(left);
        pods.forEach(pod -> table.pod(pod.name()).ifPresent(row -> all.add(Others.reference("Pod", row))));
        jobs.forEach(batch -> table.job(names.batch(batch)).ifPresent(row -> all.add(Others.reference("Job", row))));
        fanout.each(all, this::remove);
        pods.stream().filter(PodView::isTerminal).forEach(this::forget);
    }

    private void remove(ObjectReference object) throws ClusterException, InterruptedException {
        try {
            api.delete(object);
            if (object.getKind().equals("Pod")) {
                table.pod(api.releasePod(object.getName(), object.getUid()));
            }
        } catch (ClusterException e) {
            if (e.kind() != Kind.GONE && e.kind() != Kind.CONFLICT) {
                throw e; // else it has gone, and another one may have its name
            }
        }
    }

    private void untrack(String pod) throws ClusterException, InterruptedException {
        try {
            table.pod(api.releasePod(pod, null));
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

    /** The batch's Job. Its pods have gone before. */
    void deleteJob(BatchRecord record) throws ClusterException, InterruptedException {
        String name = names.batch(record.number());
        jobDeletions.delete(record.number());
        table.job(name).ifPresent(row -> table.jobGone(row.name(), row.uid()));
    }

    private static void deleteJobs(KubernetesApi api, ObjectNames names, Set<Integer> batches)
            throws ClusterException, InterruptedException {
        if (batches.size() == 1) {
            api.deleteJob(names.batch(batches.iterator().next()));
        } else {
            api.deleteAll(Job.class, names.labels(), batches);
        }
    }
}
