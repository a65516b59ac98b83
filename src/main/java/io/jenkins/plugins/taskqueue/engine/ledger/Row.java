package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import java.time.Instant;

/** What the ledger knows of one item. Used by the ledger's thread alone. */
final class Row {
    final String name;
    final int id;
    /** When it was first seen listed by the run that does it, or did it. */
    Instant listedAt;
    /** Whether the last listing has it. */
    boolean listed;
    /** Whether the source that lists it wants to be told how it ends. */
    boolean acknowledged;
    /** What the source was told last by this manager; null before. */
    ItemState told;
    /** How often it was told, or that was tried, and when that may be done again. */
    int tries;

    Instant tellAgain = Instant.MIN;
    /** How often the source had been asked for its items when it was told. */
    long toldAtPoll;
    /** The entry of the highest-numbered record that names it; null before its first claim. */
    Entry entry;
    /** Place in the table; -1 while it is not shown. */
    int position = -1;

    ItemStatus status;
    /** Whether it is among those that are {@link Touched}. */
    boolean touched;
    /** Its place among the {@link Pending}. */
    boolean pending;

    Row before;
    Row after;

    Row(String name, int id, Instant listedAt) {
        this.name = name;
        this.id = id;
        this.listedAt = listedAt;
    }

    boolean isLive() {
        return entry != null && entry.isLive();
    }

    /** Whether it may be put in a new batch: never one that succeeded, or that a batch still holds. */
    boolean isPending(String run) {
        if (!listed || isLive()) {
            return false;
        }
        if (entry == null) {
            return true;
        }
        Outcome outcome = entry.outcome();
        // What failed has been put aside by a source that is told of it: to do it again is to put it back there.
        boolean over = outcome.state() == ItemState.SUCCEEDED
                || (acknowledged && outcome.state() == ItemState.FAILED && !outcome.retry());
        return !over && (outcome.retry() || !entry.run().equals(run));
    }

    /** Whether its record says something that a source wants to be told. */
    boolean hasToldOutcome() {
        return acknowledged
                && entry != null
                && !entry.isLive()
                && (entry.outcome().state() == ItemState.SUCCEEDED
                        || (entry.outcome().state() == ItemState.FAILED
                                && !entry.outcome().retry()));
    }

    boolean isTold() {
        return told == entry.outcome().state();
    }

    /** What an earlier run left undone waits from this run's first listing on, and not since that run. */
    void relist(String run, Instant at) {
        if (entry != null && isPending(run) && !entry.run().equals(run) && listedAt.equals(entry.listed())) {
            listedAt = at;
        }
    }

    /** Whether the table shows it: what is listed, and what this run did though it is listed no more. */
    boolean isShown(String run) {
        return listed || (entry != null && (entry.isLive() || entry.run().equals(run)));
    }

    boolean isDoneBefore(String run) {
        return entry != null
                && !entry.isLive()
                && entry.outcome().state() == ItemState.SUCCEEDED
                && !entry.run().equals(run);
    }
}
