package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * All that a decision is made from, beside the spec and the steady time.
 *
 * @param time the time of day, for what is written down
 * @param mayAct whether this manager acts; else it only looks on
 * @param paused whether a person has paused the queue: nothing new starts
 * @param stop whether a person has stopped the run
 * @param cancelled the items that a person wants cancelled
 * @param strays what belongs to no batch
 * @param batches those that are live or not cleared away, by ascending number
 * @param since since when the batches and their pods have been seen as they are
 * @param records every record
 * @param run the current run, and how many batches were claimed
 * @param candidates the pending items to start next, in order, at most one batch of them
 * @param items number of all items of the run; 0 while there is no listing
 * @param failed items whose record says that they failed in this run
 * @param proven whether a worker of this run has ever started
 * @param lastClaim when the last batch was claimed; {@link Instant#MIN} before
 * @param told what is to be told to the source, and what was
 * @param underway what was begun and not finished, or has to wait
 */
public record Situation(
        Instant time,
        boolean mayAct,
        boolean paused,
        Stop stop,
        Cancelled cancelled,
        Strays strays,
        List<Batch> batches,
        Since since,
        Collection<BatchRecord> records,
        Observed.Run run,
        List<Candidate> candidates,
        int items,
        int failed,
        boolean proven,
        Instant lastClaim,
        Told told,
        Underway underway) {

    /**
     * How it stands with a source that wants to be told; nothing with one that does not.
     *
     * @param untold items that it lists and whose record says how they ended, as far as they may be told now
     * @param forgotten names of items that it was told of and lists no more; empty until they are many
     */
    public record Told(List<Untold> untold, Set<String> forgotten) {
        public static final Told NOTHING = new Told(List.of(), Set.of());
    }

    /** An item, and the outcome that its record has. */
    public record Untold(String name, Outcome outcome) {}

    /**
     * What a person wants cancelled and no record says yet.
     *
     * @param items their names
     * @param pending those of them that no batch holds, at most one batch of them; none is among the candidates
     */
    public record Cancelled(Set<String> items, List<Candidate> pending) {
        public static final Cancelled NOTHING = new Cancelled(Set.of(), List.of());
    }

    /**
     * A pending item.
     *
     * @param listed when it was first seen listed
     */
    public record Candidate(String name, Instant listed) {}
}
