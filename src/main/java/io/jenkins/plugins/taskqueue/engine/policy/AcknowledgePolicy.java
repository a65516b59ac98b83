package io.jenkins.plugins.taskqueue.engine.policy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells a source that wants to be told how its items have ended: only what their records say, so that whoever goes on
 * with the queue after a crash says the same, and at least once.
 */
public final class AcknowledgePolicy {
    /** So many calls at once leave most of the threads to listings and data. */
    static final int LANES = 4;

    static final int MOST_IN_LANE = 50;
    /** The most that can be told in one pass; no more need be looked for. */
    public static final int MOST = LANES * MOST_IN_LANE;

    private AcknowledgePolicy() {}

    static void plan(Situation now, List<Judged> batches, Planner plan) {
        // Its pod may still succeed after all, and then the record says so.
        Set<String> lingering = batches.stream().flatMap(Judged::lingering).collect(Collectors.toSet());
        for (int lane = 0; lane < LANES; lane++) {
            int mine = lane;
            List<Situation.Untold> items = now.told().untold().stream()
                    .filter(item -> Math.floorMod(item.name().hashCode(), LANES) == mine)
                    .filter(item -> !lingering.contains(item.name()))
                    .limit(MOST_IN_LANE)
                    .toList();
            if (!items.isEmpty()) {
                plan.add(new Action.Tell(lane, items));
            }
        }
    }
}
