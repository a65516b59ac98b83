package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Exponential back-off with jitter, as a pure function: the same failures and seed give the same delay.
 *
 * @param base the delay after the first failure
 * @param factor by how much each further failure multiplies it
 * @param cap the longest delay, before jitter
 * @param jitter share of the delay by which it is varied at most, up and down, 0 to 1
 */
public record Backoff(Duration base, double factor, Duration cap, double jitter) {

    /**
     * @param failures how often it failed in a row, from 1
     * @param seed what the jitter is made from, such as the hash of a name
     */
    public Duration delay(int failures, long seed) {
        double plain = Math.min(cap.toMillis(), base.toMillis() * Math.pow(factor, Math.max(0, failures - 1)));
        double spread = new SplittableRandom(seed * 31 + failures).nextDouble(-1, 1) * jitter;
        return Duration.ofMillis(Math.round(plain * (1 + spread)));
    }
}
