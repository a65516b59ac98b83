package io.jenkins.plugins.taskqueue.engine.status;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the page, the command line and the build log show of a queue, at one moment. Immutable.
 *
 * @param queue the queue's name
 * @param run id of its run
 * @param phase what the run is doing
 * @param sentence what holds it up, or how it ended; empty when there is nothing to say
 * @param parallelism the most items started and not ended
 * @param scaling what the parallelism was decided from last, where it follows the traffic; empty where it is fixed
 * @param counts items by state; a state that is left out has none
 * @param revision grows with every change
 * @param now when this was true
 * @param begun when the manager began to work on the run
 * @param timeToGo an estimate; null where nothing is known yet
 * @param items the rows, in the source's order
 */
public record Status(
        String queue,
        String run,
        Phase phase,
        String sentence,
        int parallelism,
        String scaling,
        Map<ItemState, Integer> counts,
        long revision,
        Instant now,
        Instant begun,
        Duration timeToGo,
        List<ItemStatus> items) {

    public Status {
        Map<ItemState, Integer> all = new EnumMap<>(ItemState.class);
        for (ItemState state : ItemState.values()) {
            all.put(state, counts.getOrDefault(state, 0));
        }
        counts = Collections.unmodifiableMap(all);
    }

    /** Of a queue whose parallelism is fixed. */
    public Status(
            String queue,
            String run,
            Phase phase,
            String sentence,
            int parallelism,
            Map<ItemState, Integer> counts,
            long revision,
            Instant now,
            Instant begun,
            Duration timeToGo,
            List<ItemStatus> items) {
        this(queue, run, phase, sentence, parallelism, "", counts, revision, now, begun, timeToGo, items);
    }

    /** What a run is doing. */
    public enum Phase {
        /** No listing yet, or another manager acts. */
        WAITING,
        RUNNING,
        PAUSED,
        /** Stopping what runs, because of an abort or the failure policy. */
        CANCELLING,
        /** Ended well: the listing was complete and every item is done or tolerated. */
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public boolean isEnd() {
            return ordinal() >= SUCCEEDED.ordinal();
        }
    }

    public int count(ItemState state) {
        return counts.get(state);
    }

    /** The row of the item with this name. Looks through all of them. */
    public Optional<ItemStatus> item(String name) {
        return items.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /** The same in another phase, with its sentence. */
    public Status at(Phase other, String why) {
        return new Status(queue, run, other, why, parallelism, scaling, counts, revision, now, begun, timeToGo, items);
    }
}
