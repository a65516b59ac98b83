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
        /**
         * Refused as it is: a missing right, an admission rule, a wrong field. A queue does not open; one that works waits
         * until it is allowed, since rights and rules are changed and repaired meanwhile.
         */
        REFUSED,
        /** Refused for its own sake: the API server would take another one in its place. */
        UNFIT,
        /** The place is being deleted with all that is in it: let go of everything, and end. */
        LEAVING,
        /** Can't go on: nothing there to work in, or nothing that this version understands. */
        FATAL;

        /** Whether a queue that meets it does not even begin. */
        public boolean endsOpening() {
            return this == REFUSED || this == LEAVING || this == FATAL;
        }
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
