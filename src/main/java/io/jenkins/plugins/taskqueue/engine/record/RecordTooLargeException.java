package io.jenkins.plugins.taskqueue.engine.record;

/** A record is larger than its store takes, however short its log tails. Nothing was written. */
public final class RecordTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long bytes;
    private final long limit;

    /**
     * @param bytes what the record would take, compressed
     * @param limit the most that the store takes
     */
    public RecordTooLargeException(String record, long bytes, long limit) {
        super("The record " + record + " would take " + bytes + " bytes, and an object holds at most " + limit + ".");
        this.bytes = bytes;
        this.limit = limit;
    }

    public long bytes() {
        return bytes;
    }

    public long limit() {
        return limit;
    }
}
