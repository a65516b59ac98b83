package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.scaling.ScalingSpec;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;

/** Builds a {@link QueueSpec}; what is not set has the default given here. */
public final class QueueSpecBuilder {
    private final String name;
    private final WorkerSpec worker;
    private boolean named = true;
    private Maker maker = Maker.STAND_ALONE;
    private int parallelism = 1;
    private ScalingSpec scaling;
    private int retries = 0;
    private int disruptionRetries = 10;
    private Duration timeout;
    private Duration startTimeout = Duration.ofMinutes(10);
    private FailureLimit failures = FailureLimit.NEVER;
    private Integer batchItems;
    private int batchBytes = 800 * 1024;
    private int itemBytes = 800 * 1024;
    private Duration poll = Duration.ofSeconds(10);
    private boolean once = true;
    private Duration keepRunning = Duration.ZERO;
    private String kueueQueue = "";
    private boolean logs = true;

    QueueSpecBuilder(String name, WorkerSpec worker) {
        this.name = name;
        this.worker = worker;
    }

    QueueSpecBuilder from(QueueSpec spec) {
        named = spec.named();
        maker = spec.maker();
        parallelism = spec.parallelism();
        scaling = spec.scaling();
        retries = spec.retries();
        disruptionRetries = spec.disruptionRetries();
        timeout = spec.timeout();
        startTimeout = spec.startTimeout();
        failures = spec.failures();
        batchItems = spec.batchItems();
        batchBytes = spec.batchBytes();
        itemBytes = spec.itemBytes();
        poll = spec.poll();
        once = spec.once();
        keepRunning = spec.keepRunning();
        kueueQueue = spec.kueueQueue();
        logs = spec.logs();
        return this;
    }

    public QueueSpecBuilder named(boolean outlivesItsRuns) {
        named = outlivesItsRuns;
        return this;
    }

    public QueueSpecBuilder maker(Maker one) {
        maker = one;
        return this;
    }

    public QueueSpecBuilder parallelism(int most) {
        parallelism = most;
        return this;
    }

    /** Lets the parallelism follow the traffic up to the given {@code most}; null for a fixed one. */
    public QueueSpecBuilder scaling(ScalingSpec how) {
        scaling = how;
        parallelism = how == null ? parallelism : how.most();
        return this;
    }

    public QueueSpecBuilder retries(int more) {
        retries = more;
        return this;
    }

    public QueueSpecBuilder disruptionRetries(int more) {
        disruptionRetries = more;
        return this;
    }

    public QueueSpecBuilder timeout(Duration perAttempt) {
        timeout = perAttempt;
        return this;
    }

    public QueueSpecBuilder startTimeout(Duration longestWait) {
        startTimeout = longestWait;
        return this;
    }

    public QueueSpecBuilder failures(FailureLimit limit) {
        failures = limit;
        return this;
    }

    /** @param most null for 100; with a queue of Kueue for 1, since that admits a Job only as a whole */
    public QueueSpecBuilder batchItems(Integer most) {
        batchItems = most;
        return this;
    }

    public QueueSpecBuilder batchBytes(int most) {
        batchBytes = most;
        return this;
    }

    public QueueSpecBuilder itemBytes(int most) {
        itemBytes = most;
        return this;
    }

    public QueueSpecBuilder poll(Duration interval) {
        poll = interval;
        return this;
    }

    public QueueSpecBuilder once(boolean endsWhenDone) {
        once = endsWhenDone;
        return this;
    }

    public QueueSpecBuilder keepRunning(Duration afterTheLastNewItem) {
        keepRunning = afterTheLastNewItem;
        return this;
    }

    /** Leaves to Kueue when a Job may start: its LocalQueue, in the queue's namespace; empty for none. */
    public QueueSpecBuilder kueueQueue(String localQueue) {
        kueueQueue = localQueue;
        return this;
    }

    public QueueSpecBuilder logs(boolean ofEveryItem) {
        logs = ofEveryItem;
        return this;
    }

    public QueueSpec build() {
        return new QueueSpec(
                name,
                named,
                maker,
                worker,
                parallelism,
                scaling,
                retries,
                disruptionRetries,
                timeout,
                startTimeout,
                failures,
                batchItems != null ? batchItems : kueueQueue.isEmpty() ? 100 : 1,
                batchBytes,
                itemBytes,
                poll,
                once,
                keepRunning,
                kueueQueue,
                logs);
    }
}
