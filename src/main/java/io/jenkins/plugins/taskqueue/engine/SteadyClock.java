package io.jenkins.plugins.taskqueue.engine;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Goes on evenly whatever is done to the clock of the machine, and tells nothing of the time of day: it begins in 1970,
 * so that a mistake shows. Durations are measured by it, times that people read come from a clock.
 */
public final class SteadyClock implements InstantSource {
    private static final long BEGIN = System.nanoTime();

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(System.nanoTime() - BEGIN);
    }
}
