package io.jenkins.plugins.taskqueue.engine.status;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Instant;

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

    /** Whether a reader would see the same, whatever the revision. */
    public boolean sameAs(ItemStatus other) {
        return other != null && equals(other.at(revision));
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
}
