package io.jenkins.plugins.taskqueue.engine.scaling;

import java.util.List;

/** The traffic that ways to choose a parallelism are compared by. */
final class Traces {
    private static final int HOUR = 3600;
    static final long SEED = 20_261_124;

    private Traces() {}

    static Trace book(int seconds) {
        return Trace.even("an item a minute, " + seconds + " s each", 60, seconds, 4 * HOUR);
    }

    static Trace step() {
        return Trace.random(
                "step: 0.1, 0.5, 0.1 items/s, 20 s each",
                at -> at >= HOUR && at < 2 * HOUR ? 0.5 : 0.1,
                20,
                4 * HOUR,
                SEED);
    }

    static Trace burst() {
        return Trace.random("burst: 0.1 items/s and 500 at once, 20 s each", at -> 0.1, 20, 4 * HOUR, SEED)
                .and(500, HOUR, 20);
    }

    static Trace backlog() {
        return Trace.random("backlog: 500 at the start, then 0.1 items/s, 20 s each", at -> 0.1, 20, 4 * HOUR, SEED)
                .and(500, 0, 20);
    }

    static Trace day() {
        return Trace.random(
                "day: 0.02 to 0.5 items/s and back, 20 s each",
                at -> 0.26 - 0.24 * Math.cos(2 * Math.PI * at / (24 * HOUR)),
                20,
                24 * HOUR,
                SEED);
    }

    static Trace noise() {
        return Trace.random("noise: 0.3 items/s at random, 20 s each", at -> 0.3, 20, 8 * HOUR, SEED);
    }

    static Trace nothing() {
        return new Trace("nothing", List.of(), List.of(), HOUR);
    }
}
