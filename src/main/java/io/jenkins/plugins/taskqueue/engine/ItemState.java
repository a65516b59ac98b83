package io.jenkins.plugins.taskqueue.engine;

/** The state of an item, as the table shows it. */
public enum ItemState {
    /** Listed by the source, nothing created. */
    PENDING,
    /** Claimed by a batch, no container of it is running; the reason says why. */
    STARTING,
    /** The worker's container is running. */
    RUNNING,
    /** The worker ended with exit code 0 in this run. */
    SUCCEEDED,
    /** Attempts used up, deadline passed, or the item's data could not be had; the reason says which. */
    FAILED,
    /** Done by an earlier run of the same named queue. */
    SKIPPED,
    /** Stopped by an abort or by the failure policy. */
    CANCELLED;

    /** Whether nothing more happens to the item in this run by itself. */
    public boolean isFinal() {
        return ordinal() >= SUCCEEDED.ordinal();
    }
}
