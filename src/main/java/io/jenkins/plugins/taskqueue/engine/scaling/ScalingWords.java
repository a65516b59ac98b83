package io.jenkins.plugins.taskqueue.engine.scaling;

import io.jenkins.plugins.taskqueue.engine.status.Spans;
import java.util.Locale;

/** Says what a decision was made from. */
final class ScalingWords {
    private ScalingWords() {}

    /** @param quota how many the quota lets through; {@link ScalingPolicy#ALL} where it refuses none */
    static String of(ScalingSpec spec, Traffic traffic, int quota) {
        String samples = samples(spec, traffic);
        String drain = spec.drainWithin() == null || traffic.backlog() == 0
                ? ""
                : ", " + traffic.backlog() + " waiting to be done within " + Spans.text(spec.drainWithin());
        return samples + drain + (quota == ScalingPolicy.ALL ? "" : ", the quota admits no more than " + quota);
    }

    private static String samples(ScalingSpec spec, Traffic traffic) {
        if (!ScalingPolicy.isKnown(spec, traffic)) {
            return "too few samples yet, " + traffic.arrivals() + " of " + ScalingPolicy.SAMPLES + " items arrived and "
                    + traffic.ended() + " of " + ScalingPolicy.SAMPLES + " ended";
        }
        String arrivals = traffic.arrivals() == 0 || !ScalingPolicy.isWatched(spec, traffic)
                ? "no new item in " + Spans.text(traffic.watched())
                : "an item every " + seconds(traffic.interArrival());
        return arrivals + ", " + seconds(traffic.processing()) + " each, " + spec.utilization() + " %";
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
}
