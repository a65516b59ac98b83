package io.jenkins.plugins.taskqueue.engine.scaling;

import java.time.Duration;

/**
 * What a queue has seen in a window of time. Immutable.
 *
 * @param arrivals items that the source listed anew
 * @param watched how long these were watched for
 * @param ended items that ended after their worker had run
 * @param busy how long the workers of these ran in all, each attempt counted, without what they waited
 * @param backlog items that wait now
 */
public record Traffic(int arrivals, Duration watched, int ended, Duration busy, int backlog) {

    /** Mean time between two arrivals, in seconds; infinite where nothing arrived. */
    public double interArrival() {
        return arrivals == 0 ? Double.POSITIVE_INFINITY : seconds(watched) / arrivals;
    }

    /** Mean processing time of an item, in seconds. */
    public double processing() {
        return ended == 0 ? 0 : seconds(busy) / ended;
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
