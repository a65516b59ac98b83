package io.jenkins.plugins.taskqueue.engine.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * Made-up traffic.
 *
 * @param arrivals when each item arrives, in seconds
 * @param work how long each takes, in seconds
 * @param seconds how long it is watched
 */
record Trace(String name, List<Double> arrivals, List<Double> work, int seconds) {

    static Trace even(String name, double every, double each, int seconds) {
        List<Double> arrivals = new ArrayList<>();
        for (double at = every; at < seconds; at += every) {
            arrivals.add(at);
        }
        return new Trace(name, arrivals, arrivals.stream().map(at -> each).toList(), seconds);
    }

    /** Items arrive independently of each other at a rate per second that changes, and take as long as chance has it. */
    static Trace random(String name, DoubleUnaryOperator rate, double mean, int seconds, long seed) {
        Random random = new Random(seed);
        List<Double> arrivals = new ArrayList<>();
        List<Double> work = new ArrayList<>();
        double most = 0;
        for (int at = 0; at < seconds; at++) {
            most = Math.max(most, rate.applyAsDouble(at));
        }
        for (double at = gap(random, 1 / most); at < seconds; at += gap(random, 1 / most)) {
            if (random.nextDouble() < rate.applyAsDouble(at) / most) {
                arrivals.add(at);
                work.add(Math.max(1, gap(random, mean)));
            }
        }
        return new Trace(name, arrivals, work, seconds);
    }

    private static double gap(Random random, double mean) {
        return -Math.log(1 - random.nextDouble()) * mean;
    }

    Trace and(int items, double at, double each) {
        List<Double> arrivals = new ArrayList<>(this.arrivals);
        List<Double> work = new ArrayList<>(this.work);
        int place = (int) arrivals.stream().filter(other -> other < at).count();
        for (int i = 0; i < items; i++) {
            arrivals.add(place, at);
            work.add(place, each);
        }
        return new Trace(name, arrivals, work, seconds);
    }
}
