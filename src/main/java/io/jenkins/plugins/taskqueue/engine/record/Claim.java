package io.jenkins.plugins.taskqueue.engine.record;

import java.time.Instant;
import java.util.List;

/**
 * What a manager asks for when it claims a batch.
 *
 * @param number the highest batch number seen, plus one
 * @param run id of the run
 */
public record Claim(int number, String run, List<Item> items) {

    public Claim {
        items = List.copyOf(items);
    }

    /**
     * @param data the item's data as JSON text; null where {@code outcome} is given
     * @param outcome the end of an item that can't be started (no data to be had, a refused name); else null
     */
    public record Item(String name, Instant listed, String data, Outcome outcome) {}
}
