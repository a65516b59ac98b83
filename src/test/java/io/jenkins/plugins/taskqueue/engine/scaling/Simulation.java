package io.jenkins.plugins.taskqueue.engine.scaling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Plays a trace against a way to choose the parallelism, second by second; the source is asked every ten seconds.
 *
 * @param waits how long each item waited from its arrival to its start, in seconds
 * @param slotSeconds the sum of the parallelism over the time: what it costs to hold so many workers ready
 * @param parallelism each second's
 * @param backlog each second's
 * @param left items that were not done when the trace ended
 */
record Simulation(List<Double> waits, long slotSeconds, List<Integer> parallelism, List<Integer> backlog, int left) {
    static final int POLL = 10;

    /** A way to choose the parallelism. Told of everything in the order in which it happens. */
    interface Chooser {
        void listed(int added, int second);

        void ended(double work, int second);

        int choose(int backlog, int running, int second);
    }

    static Simulation play(Trace trace, Chooser chooser) {
        Deque<Integer> waiting = new ArrayDeque<>();
        PriorityQueue<double[]> running = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
        List<Double> waits = new ArrayList<>();
        List<Integer> parallelism = new ArrayList<>();
        List<Integer> backlog = new ArrayList<>();
        int arrived = 0;
        long slotSeconds = 0;
        for (int second = 0; second < trace.seconds(); second++) {
            while (!running.isEmpty() && running.peek()[0] <= second) {
                chooser.ended(running.poll()[1], second);
            }
            if (second % POLL == 0) {
                int before = arrived;
                while (arrived < trace.arrivals().size() && trace.arrivals().get(arrived) <= second) {
                    waiting.add(arrived++);
                }
                if (arrived > before || second == 0) {
                    chooser.listed(arrived - before, second);
                }
            }
            int now = chooser.choose(waiting.size(), running.size(), second);
            while (!waiting.isEmpty() && running.size() < now) {
                int item = waiting.poll();
                waits.add(second - trace.arrivals().get(item));
                double work = trace.work().get(item);
                running.add(new double[] {second + work, work});
            }
            slotSeconds += now;
            parallelism.add(now);
            backlog.add(waiting.size());
        }
        return new Simulation(waits, slotSeconds, parallelism, backlog, waiting.size() + running.size());
    }

    double meanWait() {
        return waits.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    double wait(int percentile) {
        return waits.isEmpty() ? 0 : waits.stream().sorted().toList().get((waits.size() - 1) * percentile / 100);
    }

    int changes() {
        int changes = 0;
        for (int i = 1; i < parallelism.size(); i++) {
            changes += parallelism.get(i).equals(parallelism.get(i - 1)) ? 0 : 1;
        }
        return changes;
    }

    int last() {
        return parallelism.get(parallelism.size() - 1);
    }

    int most() {
        return parallelism.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
