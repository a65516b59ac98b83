package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Denial;
import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A queue on Kubernetes 1.32 or later. It decides nothing: every rule lives in the loop that calls it. */
public final class KubernetesCluster implements Cluster {
    private final KubernetesConnection connection;
    private final KubernetesConnection.Shared shared;
    private final KubernetesApi api;
    private final ObjectNames names;
    private final QueueSpec spec;
    private final Table table;
    private final Observation observation;
    private final Records records;
    private final PodEvents events;
    private final Release release;
    private final Owner owner;
    private final Tenure tenure;

    private volatile boolean opened;
    private volatile boolean deleted;
    private volatile Runnable onChange = () -> {};
    private volatile Batches batches;

    /** It has to be closed, though it was never opened. */
    public KubernetesCluster(KubernetesConnection connection, QueueSpec spec) {
        shared = connection.join(this);
        this.connection = connection;
        this.spec = spec;
        api = shared.api();
        names = new ObjectNames(spec.id(), spec.name());
        table = new Table(names, connection.clock(), this::changed);
        events = new PodEvents(table::silent, table::podWaits, api::events, shared::later, connection.nanos());
        observation = shared.observation();
        owner = new Owner(api, names, connection.clock());
        tenure = new Tenure(connection.identity(), table, owner, shared, () -> onChange.run());
        records = new Records(api, names, table);
        release = new Release(api, names, table, shared.fanout());
    }

    private void changed() {
        onChange.run();
        events.wake();
    }

    @Override
    public void open(Runnable listener) throws ClusterException, InterruptedException {
        Pod common = common();
        batches = new Batches(api, names, table, new BatchJob(names, spec, common), new ItemPod(names, common));
        batches.preflight();
        table.configMap(owner.open(spec.maker()));
        connection.follow(this, tenure);
        tenure.take();
        observation.follow(table);
        tenure.looked();
        table.check();
        opened = true;
        onChange = listener;
    }

    /**
     * Looks once at what is there, for commands beside a manager: {@link #observed}, {@link #write}, {@link #log} and
     * {@link #delete} work afterwards. Creates nothing, watches nothing, takes no lease. Call it again
     * to see what has changed.
     *
     * @return whether anything of the queue is there
     */
    public boolean look() throws ClusterException, InterruptedException {
        if (!opened) {
            table.clear(); // no watch tells what has gone since the last look
            api.configMap(names.owner()).ifPresent(table::configMap); // first: by it the rest is known as ours
        }
        Observation.look(api, table);
        table.check();
        events.look(Duration.ZERO);
        Observed seen = table.observed();
        return table.owner().isPresent() && !seen.run().deleted()
                || !seen.others().sentence().isEmpty()
                || !seen.records().isEmpty()
                || !seen.jobs().isEmpty()
                || !seen.pods().isEmpty();
    }

    private Pod common() throws ClusterException {
        try {
            return WorkerPod.of(spec, api.serialization());
        } catch (IllegalArgumentException e) {
            throw new ClusterException(Kind.FATAL, e.getMessage(), e);
        }
    }

    @Override
    public Observed observed() {
        return table.observed();
    }

    @Override
    public boolean mayAct() {
        return opened && !deleted && tenure.isHeld() && observation.isLive();
    }

    @Override
    public BatchRecord claim(Claim claim) throws ClusterException, InterruptedException {
        return records.claim(claim, ours(), owner);
    }

    @Override
    public void settle() throws ClusterException, InterruptedException {
        if (!table.observed().run().settled()) {
            records.settle(ours());
        }
    }

    @Override
    public BatchRecord write(BatchRecord record) throws ClusterException, InterruptedException {
        table.check(names.record(record));
        return records.write(record);
    }

    @Override
    public void startJob(BatchRecord record) throws ClusterException, InterruptedException {
        batches.startJob(record, owner());
    }

    @Override
    public void startPod(BatchRecord record, int index, int attempt) throws ClusterException, InterruptedException {
        batches.startPod(record, index, attempt, owner());
    }

    @Override
    public void stopPod(PodView pod) throws ClusterException, InterruptedException {
        batches.stopPod(pod);
    }

    @Override
    public void look(PodView pod) throws ClusterException, InterruptedException {
        Optional<Rows.Row<PodRow>> known = table.pod(pod.name());
        Optional<Pod> found = api.pod(pod.name());
        known.filter(row -> found.filter(one -> one.getMetadata().getUid().equals(row.uid()))
                        .isEmpty())
                .ifPresent(row -> table.podGone(row.name(), row.uid()));
        found.ifPresent(table::pod);
    }

    @Override
    public void probe() throws ClusterException, InterruptedException {
        batches.probe();
    }

    @Override
    public String log(PodView pod, int limit) throws ClusterException, InterruptedException {
        List<PodLog.Part> parts = table.pod(pod.name())
                .map(row -> row.view().logs())
                .orElse(List.of(new PodLog.Part(UserPod.WORKER, "")));
        return new PodLog(api).tail(pod.name(), parts, limit);
    }

    @Override
    public void report(BatchRecord record, List<PodView> pods) throws ClusterException, InterruptedException {
        String name = names.batch(record.number());
        Optional<JobView> job = table.job(name).map(row -> row.view().view());
        boolean finished = job.map(JobView::finished).orElse(false);
        boolean suspended = job.map(JobView::suspended).orElse(false);
        if (!finished) {
            table.job(api.patchJobStatus(
                    name,
                    JobProgress.patch(
                            record, pods, suspended, connection.clock().instant())));
        }
    }

    @Override
    public void release(BatchRecord record, List<PodView> pods) throws ClusterException, InterruptedException {
        release.release(record, pods);
    }

    @Override
    public void deleteJob(BatchRecord record) throws ClusterException, InterruptedException {
        release.deleteJob(record);
    }

    @Override
    public void sweep(Set<Integer> jobs, List<PodView> pods) throws ClusterException, InterruptedException {
        // Of a queue that was deleted only its own is let go.
        List<ObjectReference> left = table.observed().run().deleted() ? List.of() : table.left();
        if (!left.isEmpty()) {
            // What was there while our owner is can't be of a later queue: that could only begin when ours has gone.
            table.configMap(api.configMap(names.owner()).orElseThrow(this::gone));
            if (table.observed().run().deleted()) {
                throw gone();
            }
        }
        release.sweep(left, jobs, pods);
    }

    /** @throws io.jenkins.plugins.taskqueue.engine.record.RecordTooLargeException nothing was written: merge fewer */
    @Override
    public void merge(BatchRecord merged, List<BatchRecord> replaced) throws ClusterException, InterruptedException {
        records.merge(merged, replaced, owner());
    }

    @Override
    public void endRun() throws ClusterException, InterruptedException {
        Owner.State state = ours();
        if (!table.observed().run().settled()) {
            throw new ClusterException(Kind.CONFLICT, "A batch may have been claimed meanwhile.");
        }
        if (!state.ended()) {
            table.configMap(owner.end(state));
        }
    }

    @Override
    public void delete() throws ClusterException, InterruptedException {
        removal().everything();
        deleted = true;
    }

    private ClusterException gone() {
        return new ClusterException(Kind.GONE, "The queue \"" + spec.name() + "\" was deleted.");
    }

    private Removal removal() throws ClusterException {
        Duration grace = Duration.ofSeconds(common().getSpec().getTerminationGracePeriodSeconds() + 5);
        return new Removal(api, names, shared.fanout(), grace, connection.nanos());
    }

    /** The owner, while it names this manager: what is made of it then is made in full view of everything. */
    private Owner.State ours() throws ClusterException {
        if (!mayAct()) {
            throw new ClusterException(Kind.CONFLICT, "Another manager acts on the queue \"" + spec.name() + "\" now.");
        }
        return owner();
    }

    private Owner.State owner() throws ClusterException {
        return table.owner()
                .orElseThrow(() -> new ClusterException(Kind.GONE, "The queue \"" + spec.name() + "\" is not open."));
    }

    @Override
    public Denial denial() {
        return api.gate().denial();
    }

    @Override
    public String describe() {
        return "namespace " + api.namespace() + " of " + api.client().getMasterUrl();
    }

    @Override
    public void close() {
        onChange = () -> {};
        observation.leave(table);
        tenure.leave();
        connection.leave(this);
    }
}
