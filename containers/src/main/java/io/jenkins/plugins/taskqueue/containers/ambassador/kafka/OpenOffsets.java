package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The records of one partition that were taken and are not known to Kafka as done. What is done behind one that is not
 * stays here, and is listed, until its offset is committed: else it would come again after a crash, when nobody
 * remembers any more that it was done. Not thread-safe.
 *
 * @param <R> what a record is
 */
final class OpenOffsets<R> {
    /** Where an offset stands. */
    enum Standing {
        /** Not read yet, as far as is known. */
        AHEAD,
        OPEN,
        /** Done, and not to be committed before those in front of it. */
        DONE,
        /** Committed, or none that there is. */
        PAST
    }

    private final SortedMap<Long, R> open = new TreeMap<>();
    private final SortedMap<Long, R> done = new TreeMap<>();
    private long next = -1;
    private long committed = -1;

    /** The offset that is read first. */
    void startAt(long offset) {
        if (next < 0) {
            next = offset;
            committed = offset;
        }
    }

    void take(long offset, R record) {
        startAt(offset);
        if (offset >= next) {
            open.put(offset, record);
            next = offset + 1;
        }
    }

    Standing standing(long offset) {
        if (next < 0 || offset >= next) {
            return Standing.AHEAD;
        }
        return open.containsKey(offset) ? Standing.OPEN : done.containsKey(offset) ? Standing.DONE : Standing.PAST;
    }

    /** The record at an open offset; null where it is not open. */
    R record(long offset) {
        return open.get(offset);
    }

    /** @param remains what is kept of the record until its offset is committed */
    void done(long offset, R remains) {
        if (open.remove(offset) != null) {
            done.put(offset, remains);
        }
    }

    /** The offset that may be committed: all before it are done. */
    long committable() {
        return open.isEmpty() ? next : open.firstKey();
    }

    boolean isToBeCommitted() {
        return committable() > committed;
    }

    void committed(long offset) {
        committed = offset;
        done.headMap(offset).clear();
    }

    int openCount() {
        return open.size();
    }

    int doneCount() {
        return done.size();
    }

    Collection<R> openRecords() {
        return open.values();
    }

    Collection<R> doneRecords() {
        return done.values();
    }
}
