package io.jenkins.plugins.taskqueue.engine.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Samples of the last while: what is older than the window is forgotten, but for the last few, which a slow queue is
 * judged by. Used by one thread.
 */
final class TrafficWindow {
    private final Duration span;
    private final Deque<Arrivals> arrivals = new ArrayDeque<>();
    private final Deque<Run> runs = new ArrayDeque<>();
    private Instant begun;
    private int arrived;
    private int ended;
    private Duration busy = Duration.ZERO;

    private record Arrivals(int items, Instant at) {}

    private record Run(Duration busy, int ends, Instant at) {}

    TrafficWindow(Duration span) {
        this.span = span;
    }

    /** New items were listed. The first time begins the watch: what was there before it has not arrived. */
    void arrived(int items, Instant at) {
        if (begun == null) {
            begun = at;
        } else {
            arrivals.add(new Arrivals(items, at));
            arrived += items;
        }
    }

    /** An attempt has run; {@code last} where its item ended with it. */
    void ran(Duration time, boolean last, Instant at) {
        runs.add(new Run(time, last ? 1 : 0, at));
        ended += last ? 1 : 0;
        busy = busy.plus(time);
    }

    Traffic at(Instant now, int backlog) {
        Instant oldest = now.minus(span);
        while (!arrivals.isEmpty()
                && arrivals.getFirst().at().isBefore(oldest)
                && arrived - arrivals.getFirst().items() >= ScalingPolicy.SAMPLES) {
            // The watch begins anew with an arrival that is not counted itself: n arrivals make n gaps.
            begun = arrivals.getFirst().at();
            arrived -= arrivals.removeFirst().items();
        }
        while (!runs.isEmpty()
                && runs.getFirst().at().isBefore(oldest)
                && ended - runs.getFirst().ends() >= ScalingPolicy.SAMPLES) {
            Run forgotten = runs.removeFirst();
            ended -= forgotten.ends();
            busy = busy.minus(forgotten.busy());
        }
        return new Traffic(arrived, watched(now), ended, busy, backlog);
    }

    /** The time since the last arrival counts as soon as it is longer than the gaps before it were. */
    private Duration watched(Instant now) {
        if (begun == null || arrivals.isEmpty()) {
            return begun == null ? Duration.ZERO : Duration.between(begun, now);
        }
        Duration gaps = Duration.between(begun, arrivals.getLast().at());
        Duration withThisOne =
                Duration.between(begun, now).multipliedBy(arrivals.size()).dividedBy(arrivals.size() + 1L);
        return gaps.compareTo(withThisOne) > 0 ? gaps : withThisOne;
    }
}
