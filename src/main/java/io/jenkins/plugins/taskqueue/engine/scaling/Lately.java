package io.jenkins.plugins.taskqueue.engine.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The greatest number of the last while. Used by one thread. */
final class Lately {
    private final Duration span;
    /** By descending number: what a later one exceeds will never be the greatest again. */
    private final Deque<Seen> seen = new ArrayDeque<>();

    private record Seen(int number, Instant at) {}

    Lately(Duration span) {
        this.span = span;
    }

    int greatest(int number, Instant now) {
        while (!seen.isEmpty() && seen.getLast().number() <= number) {
            seen.removeLast();
        }
        seen.addLast(new Seen(number, now));
        while (!seen.getFirst().at().isAfter(now.minus(span))) {
            seen.removeFirst();
        }
        return seen.getFirst().number();
    }
}
