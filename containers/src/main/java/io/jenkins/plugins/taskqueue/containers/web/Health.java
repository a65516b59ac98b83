package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.engine.QueueManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the manager is.
 *
 * @param alive its loop goes round; where it does not, a restart may help
 * @param ready it has observed the cluster and seen a listing
 * @param sentence why it is not; may be empty
 */
public record Health(boolean alive, boolean ready, String sentence) {
    private static final Duration STUCK = QueueManager.HEARTBEAT.multipliedBy(4);
    private static final String NOT_OPEN = "The queue has not been opened yet.";

    /**
     * @param failure why the queue can't go on
     * @param ended whether there is nothing more to do
     * @param lastPass {@link Instant#MIN} where there was none, because the queue is not open
     */
    public static Health of(
            Optional<String> failure,
            boolean ended,
            Instant lastPass,
            Instant now,
            boolean hasListing,
            String sentence) {
        boolean opened = lastPass.isAfter(Instant.MIN);
        boolean goesRound = ended || opened && lastPass.plus(STUCK).isAfter(now);
        String why =
                opened ? "The loop has not gone round for " + STUCK.toSeconds() + " s: restart the manager." : NOT_OPEN;
        return new Health(
                failure.isEmpty() && goesRound,
                opened && hasListing,
                failure.orElse(goesRound || !opened && !sentence.isEmpty() ? sentence : why));
    }
}
