package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.FailureLimit;
import io.jenkins.plugins.taskqueue.engine.Maker;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a queue is to do, on the command line. */
final class QueueOptions {
    @Option(
            names = "--queue",
            paramLabel = "NAME",
            description = "The queue's name. A queue with a name outlives its runs: what is done is not done again."
                    + " Without it the queue is the run's own.")
    private String name;

    @Option(
            names = "--share",
            description = "Go on with a queue of this name also if somebody else made it, such as a job of a Jenkins.")
    private boolean share;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "The most items at once (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Mixin
    private ScalingOptions scaling;

    @Option(names = "--once", description = "End when the listed items are done; else go on for ever.")
    private boolean once;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "0",
            description = "Further attempts of an item that failed by itself (default: ${DEFAULT-VALUE}).")
    private int retries;

    @Option(
            names = "--disruption-retries",
            paramLabel = "N",
            defaultValue = "10",
            description = "Further attempts of an item that the cluster took away (default: ${DEFAULT-VALUE}).")
    private int disruptionRetries;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "The longest that one attempt may take, such as 10m; without it there is no limit.")
    private Duration timeout;

    @Option(
            names = "--start-timeout",
            paramLabel = "DURATION",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "The longest that a pod may wait for its image or a Secret (default: ${DEFAULT-VALUE}).")
    private Duration startTimeout;

    @Option(
            names = "--max-failures",
            paramLabel = "N|P%|none",
            defaultValue = "none",
            converter = FailureLimitConverter.class,
            description = "More failed items than that stop the run; 0 stops at the first. Within a limit that is set"
                    + " they are tolerated (default: ${DEFAULT-VALUE}).")
    private FailureLimit maxFailures;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "The most items in one Job, 1 to 100 (default: 100; 1 with --kueue-queue).")
    private Integer batch;

    @Option(
            names = "--kueue-queue",
            paramLabel = "NAME",
            description = "Jobs are created suspended and wait until Kueue's LocalQueue of this name admits them.")
    private String kueueQueue = "";

    @Option(
            names = "--poll",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How often the source is asked for its items (default: ${DEFAULT-VALUE}).")
    private Duration poll;

    /**
     * @param ownName the queue's name where none was given: the same for a restart of the same run
     * @throws IllegalArgumentException with a sentence for the user
     */
    QueueSpec spec(String ownName, WorkerSpec worker, boolean logs) {
        return QueueSpec.builder(name == null ? ownName : name, worker)
                .named(name != null)
                .maker(Maker.standAlone(share, "go on with this one by --share"))
                .parallelism(parallelism)
                .scaling(scaling.spec(parallelism))
                .once(once)
                .retries(retries)
                .disruptionRetries(disruptionRetries)
                .timeout(timeout)
                .startTimeout(startTimeout)
                .failures(maxFailures)
                .batchItems(batch)
                .kueueQueue(kueueQueue)
                .poll(poll)
                .logs(logs)
                .build();
    }
}
