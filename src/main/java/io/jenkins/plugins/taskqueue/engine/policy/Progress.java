package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;

/** How far an item of a batch has come, read from its entry and its pods alone. */
public sealed interface Progress {

    /**
     * The next attempt is due.
     *
     * @param attempt its number
     * @param at not before this
     * @param over the attempts before it
     * @param previous the pod of the last of them; null where there is none, or it is gone
     */
    record Due(int attempt, Instant at, Attempts over, PodView previous) implements Progress {}

    /** The pod exists, its worker has not started. */
    record Waiting(PodView pod) implements Progress {}

    /** The worker runs. */
    record Running(PodView pod) implements Progress {}

    /**
     * The item has come to its end, which is not in the record yet.
     *
     * @param pod the attempt that decided; null where none did
     * @param stops whether a pod may still run, so that the record has to be written before that is stopped
     */
    record Ended(Outcome outcome, PodView pod, boolean stops) implements Progress {}

    /** The record has the item's outcome. */
    record Recorded(Outcome outcome) implements Progress {}
}
