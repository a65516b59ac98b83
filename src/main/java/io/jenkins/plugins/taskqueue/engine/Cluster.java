package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import java.util.List;
import java.util.Set;

/**
 * Port to what runs batches: Kubernetes, local processes, a fake.
 *
 * <p>Every call but {@link #observed} and {@link #mayAct} may block on the network and may come from several threads at
 * once. What a call changed is in {@link #observed()} when the call returns: the loop reads its own writes. Every call
 * is idempotent: done twice, or by two managers, it has the effect of once.
 */
public interface Cluster extends AutoCloseable {

    /**
     * Opens the queue: checks that it can be used, creates its owner object if need be, goes on with its unfinished run
     * or begins a new one, and starts to observe. Returns when the first observation is complete.
     *
     * @param onChange called, from any thread and often, whenever {@link #observed} or {@link #mayAct} may have changed
     * @throws ClusterException one that {@link ClusterException.Kind#endsOpening ends it}, with a sentence for the user;
     *     another: try again
     */
    void open(Runnable onChange) throws ClusterException, InterruptedException;

    /** What exists now. Cheap; any thread. */
    Observed observed();

    /**
     * Whether this manager is the one that acts on the queue, and its observation is complete. Cheap; any thread. False
     * for as long as another manager holds the queue's lease, and until everything was observed anew after a gap.
     */
    boolean mayAct();

    /** Whether what all else depends on is refused, as with a token that has ended. Cheap; any thread. */
    default Denial denial() {
        return Denial.NONE;
    }

    /**
     * Claims a batch: takes its number, and creates its record.
     *
     * @throws ClusterException CONFLICT when anything was claimed that was not seen when the number was chosen, or another
     *     manager acts
     */
    BatchRecord claim(Claim claim) throws ClusterException, InterruptedException;

    /**
     * Where the record of the last number is not seen, makes an empty one, so that it can't come any more. CONFLICT when it
     * has come: then it is seen.
     */
    void settle() throws ClusterException, InterruptedException;

    /**
     * Replaces a record's content; items that have an outcome lose their data.
     *
     * @throws ClusterException CONFLICT when it was changed since {@code record.version()}
     */
    BatchRecord write(BatchRecord record) throws ClusterException, InterruptedException;

    /** Creates the batch's Job, or adopts the one that is there. */
    void startJob(BatchRecord record) throws ClusterException, InterruptedException;

    /**
     * Creates one pod, or adopts the one that is there.
     *
     * @throws ClusterException QUOTA when a quota refuses it for now, UNFIT when others would be taken in its place
     */
    void startPod(BatchRecord record, int index, int attempt) throws ClusterException, InterruptedException;

    /**
     * Stops the pod of a suspended Job, which then has the reason {@link PodView#SUSPENDED}, or what is
     * {@linkplain PodView#leftOver left over} of a pod. It is held by its finalizer until its item's outcome is written.
     */
    void stopPod(PodView pod) throws ClusterException, InterruptedException;

    /** Reads a pod anew: what {@link #observed} shows of it afterwards was so after this was called. */
    void look(PodView pod) throws ClusterException, InterruptedException;

    /**
     * Asks whether a pod would be taken. Creates nothing.
     *
     * @throws ClusterException LEAVING where the place is being deleted; whatever else is wrong shows when it is needed
     */
    default void probe() throws ClusterException, InterruptedException {}

    /**
     * The end of a pod's log.
     *
     * @param limit at most so many bytes of UTF-8
     * @throws ClusterException GONE when there is no log to be had (any more)
     */
    String log(PodView pod, int limit) throws ClusterException, InterruptedException;

    /** Writes a batch's progress, or its end, into its Job's status. */
    void report(BatchRecord record, List<PodView> pods) throws ClusterException, InterruptedException;

    /**
     * Deletes pods whose items' outcomes have been written, and only then removes their finalizers: whoever goes on after
     * a crash in between still sees them. A worker that still runs
     * is stopped; {@link #observed} shows its pod until it has ended.
     */
    void release(BatchRecord record, List<PodView> pods) throws ClusterException, InterruptedException;

    /** Deletes the Job of an ended batch, whose pods were released, and whatever is left of it. */
    void deleteJob(BatchRecord record) throws ClusterException, InterruptedException;

    /**
     * Removes what an earlier queue of this name has left, and these: Jobs, by their batches' numbers, and pods that no
     * record tells of. What still runs is told to end; it is to be called again until nothing is observed any more.
     */
    void sweep(Set<Integer> jobs, List<PodView> pods) throws ClusterException, InterruptedException;

    /**
     * Creates a merged record, then deletes the ones it replaces, but for those that were changed meanwhile.
     *
     * @throws ClusterException CONFLICT when another merged record of that number is there and lacks one of their entries:
     *     then nothing is deleted
     */
    void merge(BatchRecord merged, List<BatchRecord> replaced) throws ClusterException, InterruptedException;

    /** Marks the run as ended: the next {@link #open} begins a new one. */
    void endRun() throws ClusterException, InterruptedException;

    /** Deletes every object of the queue; what still runs is stopped. */
    void delete() throws ClusterException, InterruptedException;

    /** What this cluster is, for sentences. */
    String describe();

    /** Stops observing and gives up the lease. Leaves everything that runs as it is. */
    @Override
    void close();
}
