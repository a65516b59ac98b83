package io.jenkins.plugins.taskqueue.engine;

/** A {@link Cluster} call did not do what was asked. The message is a sentence for the user. */
public final class ClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the caller does about it. */
    public enum Kind {
        /** Try again after a back-off: no connection, a time-out, 429, 5xx. */
        PASSING,
        /** Somebody else was first (409): observe again and take nothing for granted. */
        CONFLICT,
        /** The object is not there (any more). */
        GONE,
        /** Refused by an admission quota: the items wait, with the sentence as their reason. */
        QUOTA,
        /** The object's name is taken by one that is not ours: what needs it waits, with the sentence as its reason. */
        TAKEN,
        /** Can't go on: a missing right, a wrong field, a server that is too old. */
        FATAL
    }

    private final Kind kind;

    public ClusterException(Kind kind, String sentence) {
        this(kind, sentence, null);
    }

    public ClusterException(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
