package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long to wait after so many failures in a row: {@code base}, multiplied by {@code factor} at each further failure,
 * never more than {@code cap}; of that, a random part of at most {@code jitter} is taken off, so that what failed
 * together is not tried again together. A pure function: the same failures and seed give the same delay.
 *
 * @param base the delay after the first failure
 * @param factor 1 or more
 * @param cap the longest delay
 * @param jitter from 0 (none) to 1
 */
public record Backoff(Duration base, double factor, Duration cap, double jitter) {

    public Backoff {
        require(!base.isNegative(), "The first delay of a back-off is " + base + ": it must not be negative.");
        require(factor >= 1, "The factor of a back-off is " + factor + ": it must be 1 or more.");
        require(cap.compareTo(base) >= 0, "The longest delay of a back-off is " + cap + ", less than the first.");
        require(jitter >= 0 && jitter <= 1, "The jitter of a back-off is " + jitter + ": it must be from 0 to 1.");
    }

    /**
     * @param failures failures in a row; none means no delay
     * @param seed what tells one waiter from another, such as the hash of an item's name
     */
    public Duration delay(int failures, long seed) {
        if (failures <= 0) {
            return Duration.ZERO;
        }
        double full = Math.min(millis(cap), millis(base) * Math.pow(factor, failures - 1.0));
        double taken = jitter * new SplittableRandom(seed * 31 + failures).nextDouble();
        return Duration.ofMillis((long) (full * (1 - taken)));
    }

    private static double millis(Duration duration) {
        return duration.toMillis();
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
