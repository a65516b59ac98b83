package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.time.Duration;

/**
 * The times of a queue's lease, in the terms of client-go's leader election.
 *
 * @param duration how long others leave a holder alone that shows no sign of life
 * @param renewDeadline how long a holder acts after its last sign of life that the API server has confirmed
 * @param retryPeriod how often a holder renews, and others look
 */
public record LeaseTimes(Duration duration, Duration renewDeadline, Duration retryPeriod) {
    public static final LeaseTimes DEFAULT =
            new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

    public LeaseTimes {
        if (duration.compareTo(renewDeadline) <= 0 || renewDeadline.compareTo(retryPeriod) <= 0) {
            throw new IllegalArgumentException("The lease's duration (" + duration + ") must be longer than its renew"
                    + " deadline (" + renewDeadline + "), and that longer than its retry period (" + retryPeriod
                    + ").");
        }
    }
}
