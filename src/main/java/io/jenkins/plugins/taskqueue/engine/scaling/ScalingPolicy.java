package io.jenkins.plugins.taskqueue.engine.scaling;

import java.time.Duration;
import java.time.Instant;

/**
 * Dynamic scaling as in Burns, <em>Designing Distributed Systems</em>, chapter on work queues: the processing time divided
 * by the parallelism must stay below the time between two arrivals. Above that the queue would grow for ever; well below
 * it workers idle, so the parallelism goes down only until it is 90 % of it. Pure functions.
 */
final class ScalingPolicy {
    /** Fewer arrivals, or items ended, are no ground to change anything. */
    static final int SAMPLES = 5;
    /** A quota refuses nothing. */
    static final int ALL = Integer.MAX_VALUE;

    private ScalingPolicy() {}

    /**
     * @param lately the most that was {@link #enough} at any time in the last window, now included: what a moment's calm
     *     lets go is wanted again a moment later
     * @param admitted how many items got through to the cluster where a quota refuses others; else {@link #ALL}
     * @param lastChange when the parallelism was changed last; {@link Instant#MIN} before
     */
    static ScalingDecision decide(
            ScalingSpec spec, int current, Traffic traffic, int lately, int admitted, Instant lastChange, Instant now) {
        int bound = Math.min(spec.most(), Math.max(spec.least(), admitted));
        int to = Math.min(current, bound);
        if (to == current && isKnown(spec, traffic)) {
            to = wanted(spec, current, traffic, lately, bound, lastChange, now);
        }
        return new ScalingDecision(current, to, traffic, spec, admitted == ALL ? ALL : bound);
    }

    private static int wanted(
            ScalingSpec spec, int current, Traffic traffic, int lately, int bound, Instant lastChange, Instant now) {
        int target = Math.max(spec.least(), Math.min(bound, enough(spec, traffic)));
        if (target > current && busy(spec, traffic) >= current - 1e-9) {
            Duration pause = spec.window().dividedBy(10);
            boolean rises = lastChange.equals(Instant.MIN) || !now.isBefore(lastChange.plus(pause));
            return rises ? target : current;
        }
        // While more waits than can be begun at once, what was found enough to catch up in time goes on.
        boolean catchingUp = spec.drainWithin() != null && traffic.backlog() > current;
        int stays = Math.max(target, Math.min(bound, lately));
        return stays < current && isWatched(spec, traffic) && !catchingUp ? stays : current;
    }

    /** Whether there are samples enough to decide by. */
    static boolean isKnown(ScalingSpec spec, Traffic traffic) {
        return traffic.ended() >= SAMPLES && (isWatched(spec, traffic) || spec.drainWithin() != null);
    }

    /** Whether the time between arrivals is known. That nothing arrived in a whole window is known too. */
    static boolean isWatched(ScalingSpec spec, Traffic traffic) {
        boolean enough = traffic.arrivals() >= SAMPLES && !traffic.watched().isZero();
        return enough || traffic.watched().compareTo(spec.window()) >= 0;
    }

    /** How many workers are enough for the utilization; bounds are not looked at. */
    static int enough(ScalingSpec spec, Traffic traffic) {
        double workers = arriving(spec, traffic) * 100 / spec.utilization() + draining(spec, traffic);
        return (int) Math.ceil(workers - 1e-9);
    }

    /** How many workers would be busy all the time. */
    private static double busy(ScalingSpec spec, Traffic traffic) {
        return arriving(spec, traffic) + draining(spec, traffic);
    }

    private static double arriving(ScalingSpec spec, Traffic traffic) {
        return isWatched(spec, traffic) ? traffic.processing() / traffic.interArrival() : 0;
    }

    private static double draining(ScalingSpec spec, Traffic traffic) {
        return spec.drainWithin() == null
                ? 0
                : traffic.backlog() * traffic.processing() / Traffic.seconds(spec.drainWithin());
    }
}
