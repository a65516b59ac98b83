package io.jenkins.plugins.taskqueue.engine.status;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the table.
 *
 * @param id small number that names the row for as long as the manager lives
 * @param name the item's name
 * @param state its state
 * @param reason one word why it waits or failed; may be empty
 * @param message the sentence to it; may be empty
 * @param attempts pods started so far
 * @param batch number of its batch; 0 before it has one
 * @param listed when it was first seen listed
 * @param started when its (last) worker started; null before
 * @param ended when it ended; null before
 * @param result what the worker left as its result; may be empty
 * @param logTail the end of its log where its record has it; may be empty
 * @param revision the status revision in which this row last changed
 */
public record ItemStatus(
        int id,
        String name,
        ItemState state,
        String reason,
        String message,
        int attempts,
        int batch,
        Instant listed,
        Instant started,
        Instant ended,
        String result,
        String logTail,
        long revision) {

    /** In place of milliseconds where there are none to tell. */
    static final long NO_TIME = -1;

    /** Whether a reader would see the same, whatever the revision. */
    public boolean sameAs(ItemStatus other) {
        return other != null && equals(other.at(revision));
    }

    /**
     * How long it waited for its worker, from being listed to the start, to its end where nothing of it was started, or
     * to now. Empty for what an earlier run did.
     */
    public Optional<Duration> waited(Instant now) {
        return duration(waitedMillis(now));
    }

    /** How long its last attempt ran, to now for one that runs. Empty where no attempt is or was running. */
    public Optional<Duration> ran(Instant now) {
        return duration(ranMillis(now));
    }

    /** The same as {@link #waited} for who asks of very many. */
    long waitedMillis(Instant now) {
        return state == ItemState.SKIPPED
                ? NO_TIME
                : millis(listed, started != null ? started : ended != null ? ended : now);
    }

    /** The same as {@link #ran} for who asks of very many. */
    long ranMillis(Instant now) {
        return millis(started, ended == null && state == ItemState.RUNNING ? now : ended);
    }

    /** Whether there may be a log to ask for. */
    public boolean hasLog() {
        return !logTail.isEmpty() || (started != null && state != ItemState.SKIPPED);
    }

    public ItemStatus at(long newRevision) {
        return new ItemStatus(
                id,
                name,
                state,
                reason,
                message,
                attempts,
                batch,
                listed,
                started,
                ended,
                result,
                logTail,
                newRevision);
    }

    private static Optional<Duration> duration(long millis) {
        return millis == NO_TIME ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    // The cluster's clock and ours differ a little: what would be less than nothing is nothing.
    private static long millis(Instant from, Instant to) {
        return from == null || to == null ? NO_TIME : Math.max(0, to.toEpochMilli() - from.toEpochMilli());
    }
}
