package io.jenkins.plugins.taskqueue.engine.scaling;

import java.time.Duration;

/**
 * How a queue's parallelism follows its traffic. Immutable.
 *
 * @param least the lower bound, which it also begins with
 * @param most the upper bound
 * @param utilization in per cent: how busy the workers may be, on the average, when the parallelism is chosen
 * @param drainWithin the time in which the items that wait are to be done; null where nothing has to catch up
 * @param window the span of time that samples are taken from. After a change there is no rise for a tenth of it, and it
 *     falls only to the most that was wanted in the whole of it
 */
public record ScalingSpec(int least, int most, int utilization, Duration drainWithin, Duration window) {
    public static final int UTILIZATION = 90;
    public static final Duration WINDOW = Duration.ofMinutes(5);

    public ScalingSpec {
        require(least >= 1, "The parallelism is " + least + ": to be scaled it must begin with 1 or more.");
        require(
                most >= least,
                "The greatest parallelism is " + most + ", below the parallelism of " + least
                        + " that it begins with. Make it greater, or leave it out for a fixed parallelism.");
        require(
                utilization >= 1 && utilization <= 100,
                "The utilization is " + utilization + " %: it must be from 1 to 100.");
        require(
                drainWithin == null || drainWithin.toSeconds() >= 1,
                "The time to drain within is " + drainWithin + ": it must be a second or more.");
        require(window.toSeconds() >= 1, "The scaling window is " + window + ": it must be a second or more.");
    }

    @Override
    public String toString() {
        return least + " to " + most + " at once, by what arrives and how long it takes";
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
