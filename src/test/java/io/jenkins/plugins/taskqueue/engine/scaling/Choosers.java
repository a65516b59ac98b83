package io.jenkins.plugins.taskqueue.engine.scaling;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The ways to choose a parallelism that are compared. */
final class Choosers {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private Choosers() {}

    /** What the manager does: the real {@link Scaler}, fed with the events that the loop would tell it. */
    static Simulation.Chooser scaler(ScalingSpec spec) {
        Instant[] now = {BEGIN};
        Scaler scaler = new Scaler(spec, () -> now[0]);
        return new Simulation.Chooser() {
            @Override
            public void listed(int added, int second) {
                now[0] = BEGIN.plusSeconds(second);
                scaler.see(new Event.Listed(added, added));
            }

            @Override
            public void ended(double work, int second) {
                now[0] = BEGIN.plusSeconds(second);
                Duration ran = Duration.ofMillis((long) (work * 1000));
                scaler.see(new Event.Ended("item", ItemState.SUCCEEDED, "", "", 1, ran));
            }

            @Override
            public int choose(int backlog, int running, int second) {
                now[0] = BEGIN.plusSeconds(second);
                scaler.decide(backlog, running, 0);
                return scaler.parallelism();
            }
        };
    }

    static Simulation.Chooser fixed(int parallelism) {
        return new Simulation.Chooser() {
            @Override
            public void listed(int added, int second) {}

            @Override
            public void ended(double work, int second) {}

            @Override
            public int choose(int backlog, int running, int second) {
                return parallelism;
            }
        };
    }

    /**
     * KEDA's formula for a queue: as many replicas as the queue's length, what runs included, divided by a target. With
     * its defaults: asked every 30 s, 5 items a replica, and the autoscaler's own: the highest of the last 5 minutes
     * counts on the way down. Source: keda.sh, "Scaling Deployments" and "Redis Lists"; kubernetes.io, "Horizontal Pod
     * Autoscaling".
     */
    static Simulation.Chooser keda(int least, int most) {
        Deque<Integer> recent = new ArrayDeque<>();
        return new Simulation.Chooser() {
            @Override
            public void listed(int added, int second) {}

            @Override
            public void ended(double work, int second) {}

            @Override
            public int choose(int backlog, int running, int second) {
                if (second % 30 == 0) {
                    int wanted = (backlog + running + 4) / 5;
                    recent.add(Math.min(most, Math.max(least, wanted)));
                    if (recent.size() > 10) {
                        recent.remove();
                    }
                }
                return recent.stream().mapToInt(Integer::intValue).max().orElse(least);
            }
        };
    }
}
