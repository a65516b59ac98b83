package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.util.Optional;

/** Creates the Jobs and pods of batches, and adopts what an earlier try or another manager has created. */
final class Batches {
    /** The uid of no object: nothing is created with it. */
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final KubernetesApi api;
    private final ObjectNames names;
    private final Table table;
    private final BatchJob jobs;
    private final ItemPod pods;

    Batches(KubernetesApi api, ObjectNames names, Table table, BatchJob jobs, ItemPod pods) {
        this.api = api;
        this.names = names;
        this.table = table;
        this.jobs = jobs;
        this.pods = pods;
    }

    /** Checks with the API server that it would take the queue's objects, before there are any. */
    void preflight() throws ClusterException, InterruptedException {
        new Preflight(api).check(jobs.manifest(0, 1, nobody()), anyPod());
    }

    private OwnerReference nobody() {
        return new Owner.State(names.owner(), NOBODY, "", names.queueName(), "", false, 0, "").reference();
    }

    /** A pod as every item gets one, with nothing of an item's own. */
    private Pod anyPod() {
        Entry entry = new Entry(0, 0, "", "preflight", null, null);
        return pods.manifest(names.batch(0), entry, 0, nobody(), NOBODY);
    }

    void probe() throws ClusterException, InterruptedException {
        try {
            api.tryCreate("pods", anyPod());
        } catch (ClusterException e) {
            if (e.kind() == Kind.LEAVING) {
                throw e;
            }
        }
    }

    /** Whether the API server would take a pod of any other item now. */
    private boolean takesOthers() throws InterruptedException {
        try {
            api.tryCreate("pods", anyPod());
            return true;
        } catch (ClusterException noVerdict) {
            return false;
        }
    }

    void startJob(BatchRecord record, Owner.State owner) throws ClusterException, InterruptedException {
        Job job = jobs.manifest(record.number(), record.entries().size(), owner.reference());
        try {
            Job created = api.create("jobs", job);
            if (!Keys.MANAGER.equals(created.getSpec().getManagedBy())) {
                api.deleteJob(created.getMetadata().getName());
                throw Preflight.tooOld("it ignores spec.managedBy of Jobs");
            }
            table.job(created);
        } catch (ClusterException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            Job found = api.job(job.getMetadata().getName()).orElseThrow(() -> e);
            table.job(found);
            table.adopt(found);
        }
    }

    void startPod(BatchRecord record, int index, int attempt, Owner.State owner)
            throws ClusterException, InterruptedException {
        Entry entry = record.entries().get(index);
        JobRow job = job(record);
        Pod pod = job.placement()
                .over(pods.manifest(
                        names.batch(record.number()),
                        entry,
                        attempt,
                        owner.reference(),
                        job.view().uid()));
        try {
            table.pod(api.create("pods", pod));
        } catch (ClusterException e) {
            if (e.kind() == Kind.REFUSED && takesOthers()) {
                throw new ClusterException(Kind.UNFIT, e.getMessage(), e);
            }
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            Pod found = api.pod(pod.getMetadata().getName()).orElseThrow(() -> e);
            table.pod(found);
            table.adopt(found);
        }
    }

    /** The pod is marked first: whoever sees it end has to know whether its worker was told to. */
    void stopPod(PodView pod) throws ClusterException, InterruptedException {
        table.pod(api.annotatePod(pod.name(), pod.leftOver() ? Keys.ENDED : Keys.SUSPENDED, "true"));
        api.deletePod(pod.name(), -1);
    }

    private JobRow job(BatchRecord record) throws ClusterException, InterruptedException {
        String name = names.batch(record.number());
        Optional<Rows.Row<JobRow>> known = table.job(name);
        if (known.isPresent()) {
            return known.get().view();
        }
        Job job = api.job(name)
                .orElseThrow(() -> new ClusterException(Kind.GONE, "The Job " + name + " was deleted from outside."));
        table.job(job);
        table.adopt(job);
        return JobRow.of(job, record.number());
    }
}
