package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.scaling.ScalingDecision;
import java.time.Duration;

/** What happened, told once: for the build log, the terminal and the metrics. Delivered on the loop's thread. */
public sealed interface Event {

    /** A listing brought so many items, so many of them new to the queue. */
    record Listed(int items, int added) implements Event {}

    /** The source gave no usable listing. */
    record SourceFailed(String sentence) implements Event {}

    /** A batch was claimed. */
    record Claimed(int batch, int items) implements Event {}

    /**
     * An item's worker started.
     *
     * @param waited from being listed
     * @param latency from the pod's creation
     */
    record Started(String item, int attempt, Duration waited, Duration latency) implements Event {}

    /**
     * An attempt ended and there will be another one.
     *
     * @param ran how long it ran; zero where it did not
     */
    record Retrying(String item, int attempt, String reason, boolean disrupted, Duration ran) implements Event {}

    /**
     * An item ended.
     *
     * @param ran how long its last attempt ran; zero where none did
     */
    record Ended(String item, ItemState state, String reason, String message, int attempts, Duration ran)
            implements Event {}

    /** The parallelism follows the traffic. */
    record Scaled(ScalingDecision decision) implements Event {}

    /** Something that the user should know, said once for as long as it holds. */
    record Notice(String sentence) implements Event {}
}
