package io.jenkins.plugins.taskqueue.engine.record;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Instant;

/**
 * How an item ended in its batch.
 *
 * @param state SUCCEEDED, FAILED or CANCELLED
 * @param reason one word such as {@code ExitCode}, {@code OOMKilled}, {@code DeadlineExceeded}; empty for success
 * @param message a sentence that explains the reason, may be empty
 * @param attempts the number of pods that were started for it
 * @param started when the last attempt's container started; null where none did
 * @param ended when the item ended
 * @param result what the worker left in {@code WORK_RESULT_FILE}, at most 4,096 bytes, may be empty
 * @param logTail the last 4 KiB of a failed item's log, may be empty
 * @param retry a person asked for the item to be done again: it is pending, whatever the state says
 */
public record Outcome(
        ItemState state,
        String reason,
        String message,
        int attempts,
        Instant started,
        Instant ended,
        String result,
        String logTail,
        boolean retry) {

    /** At most this many bytes of a failed item's log are kept in its record. */
    public static final int LOG_TAIL_BYTES = 4096;

    /** A message or a result of so many characters is kept in a merged record. */
    private static final int BRIEF = 200;

    public Outcome {
        if (state != ItemState.SUCCEEDED && state != ItemState.FAILED && state != ItemState.CANCELLED) {
            throw new IllegalArgumentException(state + " is no outcome");
        }
    }

    /** An item that ended before any pod of it was started. */
    public static Outcome withoutPod(ItemState state, String reason, String message, Instant ended) {
        return new Outcome(state, reason, message, 0, null, ended, "", "", false);
    }

    public Outcome withRetry() {
        return new Outcome(state, reason, message, attempts, started, ended, result, logTail, true);
    }

    public Outcome withLogTail(String tail) {
        return new Outcome(state, reason, message, attempts, started, ended, result, tail, retry);
    }

    /** Without what its worker and its cluster told. */
    public Outcome withoutTexts(String why) {
        return new Outcome(state, reason, why, attempts, started, ended, "", "", retry);
    }

    /** As a merged record has it: without the log, a long message and a long result. */
    public Outcome summary() {
        return new Outcome(state, reason, brief(message), attempts, started, ended, brief(result), "", retry);
    }

    /** When a person's wish has been done. */
    public Outcome withoutRetry() {
        return new Outcome(state, reason, message, attempts, started, ended, result, logTail, false);
    }

    private static String brief(String text) {
        return text.length() > BRIEF ? "" : text;
    }

    public boolean losesInSummary() {
        return !logTail.isEmpty() || message.length() > BRIEF || result.length() > BRIEF;
    }

    /** What its texts take at most, in UTF-8. */
    public long textBytes() {
        return 3L * (message.length() + result.length() + logTail.length());
    }
}
