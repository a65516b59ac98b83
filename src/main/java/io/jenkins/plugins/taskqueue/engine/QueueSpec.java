package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.scaling.ScalingSpec;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a queue is to do. Immutable; made by {@link #builder}.
 *
 * @param name the queue's name
 * @param named whether the queue outlives its runs; else its objects are deleted when its run has ended
 * @param maker who makes it, and whose queues of the name may be gone on with
 * @param worker the worker
 * @param parallelism the most items whose worker has been started and has not ended
 * @param scaling how the parallelism follows the traffic within that; null where it is fixed
 * @param retries further attempts of an item whose pod failed by itself
 * @param disruptionRetries further attempts of an item whose pod the cluster took away
 * @param timeout the longest that one attempt may take from its start on its node; null for no limit
 * @param startTimeout the longest that a scheduled pod may wait to start, for its image or a Secret
 * @param failures when the run stops because of failed items
 * @param batchItems the most items in one batch
 * @param batchBytes the most bytes of names and data in one batch
 * @param itemBytes the most bytes of one item's data
 * @param poll how long after a listing the source is asked again
 * @param once whether the run ends when all listed items are done; else it goes on for ever
 * @param keepRunning how long such a run goes on after the last new item was listed, though all be done
 * @param kueueQueue the LocalQueue of Kueue that the Jobs wait for; empty where nobody but this queue admits them
 * @param logs whether whole log tails are kept for every item, not only for failed ones
 */
public record QueueSpec(
        String name,
        boolean named,
        Maker maker,
        WorkerSpec worker,
        int parallelism,
        ScalingSpec scaling,
        int retries,
        int disruptionRetries,
        Duration timeout,
        Duration startTimeout,
        FailureLimit failures,
        int batchItems,
        int batchBytes,
        int itemBytes,
        Duration poll,
        boolean once,
        Duration keepRunning,
        String kueueQueue,
        boolean logs) {

    private static final Pattern KUEUE_QUEUE = Pattern.compile("([a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?)?");

    public QueueSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(worker);
        Objects.requireNonNull(failures);
        require(!name.isBlank(), "The queue's name is blank: give it a name that says what it is for.");
        require(parallelism >= 0, "The parallelism is " + parallelism + ": it must not be negative.");
        require(retries >= 0, "The number of retries is " + retries + ": it must not be negative.");
        require(batchItems >= 1 && batchItems <= 100, "A batch has 1 to 100 items, not " + batchItems + ".");
        require(batchBytes >= itemBytes, "One item's data (" + itemBytes + " bytes) must fit in a batch.");
        require(
                !keepRunning.isNegative(),
                "The time to go on for new items is " + keepRunning + ": it must not be negative.");
        require(
                KUEUE_QUEUE.matcher(kueueQueue).matches(),
                "The queue of Kueue is \"" + kueueQueue + "\": give the name of a LocalQueue, at most 63 small letters,"
                        + " digits, - and . (the first and the last no - or .).");
        require(
                timeout == null || timeout.toSeconds() >= 1,
                "The time-out of an attempt is " + timeout + ": it must be a second or more.");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    public QueueId id() {
        return QueueId.of(name);
    }

    public QueueSpec withParallelism(int most) {
        return builder(name, worker).from(this).parallelism(most).build();
    }

    public QueueSpec madeBy(Maker one) {
        return builder(name, worker).from(this).maker(one).build();
    }

    public static QueueSpecBuilder builder(String name, WorkerSpec worker) {
        return new QueueSpecBuilder(name, worker);
    }
}
