package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;

/** The source gave no usable answer. The message is a sentence naming the URL and the fact. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean permanent;
    private final Duration retryAfter;

    private SourceException(String sentence, boolean permanent, Duration retryAfter, Throwable cause) {
        super(sentence, cause);
        this.permanent = permanent;
        this.retryAfter = retryAfter;
    }

    /** Another try may help: a connection refused, a time-out, a 5xx, an answer that is no JSON. */
    public static SourceException passing(String sentence, Throwable cause) {
        return new SourceException(sentence, false, Duration.ZERO, cause);
    }

    /** As {@link #passing}, and the source said when to come back. */
    public static SourceException busy(String sentence, Duration retryAfter) {
        return new SourceException(sentence, false, retryAfter, null);
    }

    /** Another try with the same item can't help: its data is too large, or the source refuses it for good. */
    public static SourceException permanent(String sentence) {
        return new SourceException(sentence, true, Duration.ZERO, null);
    }

    public boolean isPermanent() {
        return permanent;
    }

    /** How long the source asked to wait; zero where it said nothing. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
