package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast items end, from the last hundred of them: for the estimate of the time to go. Used by one thread. */
final class Pace {
    private static final int WINDOW = 100;
    private static final int ENOUGH = 3;

    private final Deque<Instant> ends = new ArrayDeque<>();

    void ended(Instant at) {
        ends.addLast(at);
        if (ends.size() > WINDOW) {
            ends.removeFirst();
        }
    }

    /** @return null where too little is known */
    Duration timeFor(int items) {
        if (ends.size() < ENOUGH) {
            return null;
        }
        Duration window = Duration.between(ends.getFirst(), ends.getLast());
        return window.multipliedBy(items).dividedBy(ends.size() - 1L);
    }
}
