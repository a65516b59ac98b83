package io.jenkins.plugins.taskqueue.containers.local;

import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Runs a queue's worker as local processes, for trying a worker without a cluster. Records, Jobs and pods are kept in
 * memory: a queue ends with its manager, and so do its workers.
 */
public final class LocalCluster implements Cluster {
    /** From asking a worker to end to ending it. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    /** From ending a worker to giving up on waiting for its end. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final QueueSpec spec;
    private final LocalRuntime runtime;
    private final LocalObjects objects;
    private final ExecutorService threads = Executors.newCachedThreadPool(LocalCluster::daemon);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, LocalCluster::daemon);

    private volatile Runnable onChange = () -> {};
    private volatile boolean open;
    private boolean closed;

    /**
     * @param grace from asking a worker to end (SIGTERM) to ending it (SIGKILL)
     * @throws IllegalArgumentException with a sentence where a setting of the worker needs a cluster
     */
    public LocalCluster(QueueSpec spec, Duration grace, Clock clock) {
        if (!spec.kueueQueue().isEmpty()) {
            throw new IllegalArgumentException(
                    "Local processes have no queue of Kueue: leave --kueue-queue out, or run on a cluster without --local.");
        }
        this.spec = spec;
        this.runtime = new LocalRuntime(LocalWorker.of(spec.worker()), spec.timeout(), grace, timer, clock);
        this.objects = new LocalObjects(spec.id().value(), clock);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "local-worker");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void open(Runnable changed) {
        objects.openRun();
        onChange = changed;
        open = true;
        changed.run();
    }

    @Override
    public Observed observed() {
        return objects.observed();
    }

    @Override
    public boolean mayAct() {
        return open;
    }

    @Override
    public BatchRecord claim(Claim claim) throws ClusterException {
        BatchRecord record = objects.claim(claim);
        onChange.run();
        return record;
    }

    /** A record is there as soon as its number is taken. */
    @Override
    public void settle() {}

    @Override
    public BatchRecord write(BatchRecord record) throws ClusterException {
        BatchRecord written = objects.write(record);
        onChange.run();
        return written;
    }

    @Override
    public void startJob(BatchRecord record) throws ClusterException {
        objects.startJob(record.number());
        onChange.run();
    }

    @Override
    public synchronized void startPod(BatchRecord record, int index, int attempt) throws ClusterException {
        if (closed) {
            throw new ClusterException(Kind.PASSING, "The queue manager is stopping: no worker is started any more.");
        }
        String name = record.entries().get(index).name();
        String data = objects.data(record.number(), index);
        PodView created = objects.newPod(record.number(), index, attempt);
        Map<String, String> contract =
                Map.of("WORK_ITEM", name, "WORK_QUEUE", spec.name(), "WORK_ATTEMPT", Integer.toString(attempt));
        LocalPod pod = new LocalPod(created, contract, data, runtime, this::podChanged);
        if (objects.addPod(pod)) {
            threads.execute(pod);
        }
        onChange.run();
    }

    /** Nobody suspends a Job of local processes. */
    @Override
    public void stopPod(PodView pod) {
        objects.pod(pod.batch(), pod.name()).ifPresent(one -> one.stop(LocalPod.Stop.RELEASE));
    }

    private void podChanged() {
        objects.podChanged();
        onChange.run();
    }

    @Override
    public void look(PodView pod) {
        // What is observed of a local process is always so.
    }

    @Override
    public String log(PodView pod, int limit) throws ClusterException {
        return objects.pod(pod.batch(), pod.name())
                .orElseThrow(() -> new ClusterException(Kind.GONE, "The log of " + pod.name() + " is gone."))
                .log(limit);
    }

    @Override
    public void report(BatchRecord record, List<PodView> pods) throws ClusterException {
        objects.report(record.number(), record.isEnded());
        onChange.run();
    }

    @Override
    public void release(BatchRecord record, List<PodView> pods) {
        for (PodView pod : pods) {
            objects.pod(pod.batch(), pod.name()).ifPresent(this::release);
        }
        podChanged();
    }

    private void release(LocalPod pod) {
        objects.release(pod);
        pod.stop(LocalPod.Stop.RELEASE);
    }

    @Override
    public void deleteJob(BatchRecord record) {
        objects.pods(record.number()).forEach(this::release);
        objects.deleteJob(record.number());
        onChange.run();
    }

    /** Of local processes nothing is left, and nobody deletes a record. */
    @Override
    public void sweep(Set<Integer> jobs, List<PodView> pods) {}

    @Override
    public void merge(BatchRecord merged, List<BatchRecord> replaced) {
        objects.merge(merged, replaced);
        onChange.run();
    }

    @Override
    public void endRun() {
        objects.endRun();
        onChange.run();
    }

    @Override
    public void delete() {
        objects.allPods().forEach(this::release);
        objects.delete();
        onChange.run();
    }

    @Override
    public String describe() {
        return "local processes";
    }

    /** Stops the workers, since local processes have nobody else to look after them, and waits for their end. */
    @Override
    public void close() {
        open = false;
        synchronized (this) {
            closed = true;
        }
        List<LocalPod> pods = objects.allPods();
        pods.forEach(pod -> pod.stop(LocalPod.Stop.CLOSE));
        try {
            for (LocalPod pod : pods) {
                pod.awaitEnd(runtime.grace().plus(AFTER_KILL));
            }
        } catch (InterruptedException e) {
            pods.forEach(LocalPod::kill);
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        threads.shutdown();
    }
}
