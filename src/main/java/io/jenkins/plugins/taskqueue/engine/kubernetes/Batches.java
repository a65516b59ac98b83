package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
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
        Entry entry = new Entry(0, 0, "", "preflight", null, null);
        Pod pod = pods.manifest(names.batch(0), entry, 0, NOBODY);
        var owner = new Owner.State(names.owner(), NOBODY, 0, names.queueName(), "", false);
        new Preflight(api).check(jobs.manifest(0, 1, owner.reference()), pod);
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
            adopt("Job", found, Keys.MANAGER.equals(found.getSpec().getManagedBy()) && marksSame(found, job));
            table.job(found);
        }
    }

    void startPod(BatchRecord record, int index, int attempt) throws ClusterException, InterruptedException {
        Entry entry = record.entries().get(index);
        JobRow job = job(record);
        Pod pod = job.placement()
                .over(pods.manifest(
                        names.batch(record.number()), entry, attempt, job.view().uid()));
        try {
            table.pod(api.create("pods", pod));
        } catch (ClusterException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            Pod found = api.pod(pod.getMetadata().getName()).orElseThrow(() -> e);
            adopt("pod", found, marksSame(found, pod));
            table.pod(found);
        }
    }

    /** The pod is marked first: nobody who sees it end may take that for a failure of its own. */
    void stopPod(PodView pod) throws ClusterException, InterruptedException {
        table.pod(api.annotatePod(pod.name(), Keys.SUSPENDED, "true"));
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
        return JobRow.of(job, record.number());
    }

    private boolean marksSame(HasMetadata found, HasMetadata wanted) {
        var labels = found.getMetadata().getLabels();
        return names.marks(labels)
                && Table.batch(found).equals(Table.batch(wanted))
                && same(found, wanted, Keys.COMPLETION_INDEX)
                && same(found, wanted, Keys.ATTEMPT);
    }

    private static boolean same(HasMetadata found, HasMetadata wanted, String label) {
        String value = wanted.getMetadata().getLabels().get(label);
        return value == null || value.equals(found.getMetadata().getLabels().get(label));
    }

    private void adopt(String kind, HasMetadata found, boolean ours) throws ClusterException {
        if (!ours) {
            throw new ClusterException(
                    Kind.FATAL,
                    "The " + kind + " " + found.getMetadata().getName() + " in namespace " + api.namespace()
                            + " exists, and is not of queue \"" + names.queueName() + "\": delete or rename it.");
        }
    }
}
