package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import java.util.HashSet;
import java.util.Set;

/**
 * What a person has asked of a running queue.
 *
 * @param paused nothing new is started
 * @param stop whether the run is to be stopped
 * @param cancelled names of the items that are to be cancelled, and whose records do not say so yet
 */
record Controls(boolean paused, Stop stop, Set<String> cancelled) {
    static final Controls NONE = new Controls(false, Stop.NO, Set.of());

    Controls withPaused(boolean pause) {
        return new Controls(pause, stop, cancelled);
    }

    Controls withStop(Stop why) {
        return new Controls(paused, why, cancelled);
    }

    Controls withCancelled(String item) {
        Set<String> more = new HashSet<>(cancelled);
        more.add(item);
        return new Controls(paused, stop, Set.copyOf(more));
    }

    /** A wish that is fulfilled is forgotten: the item may be asked for again. */
    Controls withoutCancelled(Set<String> items) {
        Set<String> left = new HashSet<>(cancelled);
        left.removeAll(items);
        return new Controls(paused, stop, Set.copyOf(left));
    }
}
