package io.jenkins.plugins.taskqueue.engine.scaling;

import io.jenkins.plugins.taskqueue.engine.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Lets a queue's parallelism follow its traffic: takes samples from what happens, and decides by {@link ScalingPolicy}.
 * What it has seen is lost in a restart; the queue then begins with the lower bound, and nothing that runs is stopped.
 * Used by the loop's thread, but for {@link #parallelism()}.
 */
public final class Scaler {
    private final ScalingSpec spec;
    private final InstantSource clock;
    private final TrafficWindow window;
    private final Lately lately;
    private Instant lastChange = Instant.MIN;
    private volatile int parallelism;
    private String sentence;

    /** @param spec null for a parallelism that is fixed, which is never changed here */
    public Scaler(ScalingSpec spec, InstantSource clock) {
        this.spec = spec;
        this.clock = clock;
        Duration span = spec == null ? ScalingSpec.WINDOW : spec.window();
        this.window = new TrafficWindow(span);
        this.lately = new Lately(span);
        this.parallelism = spec == null ? Integer.MAX_VALUE : spec.least();
        this.sentence = spec == null ? "" : spec.toString();
    }

    /** The most items at once that there is a use for now. Thread-safe. */
    public int parallelism() {
        return parallelism;
    }

    /** What that was decided from; empty where it is fixed. */
    public String sentence() {
        return sentence;
    }

    /** Takes a sample, where the event is one. */
    public void see(Event event) {
        if (event instanceof Event.Listed listed) {
            window.arrived(listed.added(), clock.instant());
        } else if (event instanceof Event.Retrying retrying && !retrying.ran().isZero()) {
            window.ran(retrying.ran(), false, clock.instant());
        } else if (event instanceof Event.Ended ended && !ended.ran().isZero()) {
            window.ran(ended.ran(), true, clock.instant());
        }
    }

    /**
     * Decides anew.
     *
     * @param backlog items that wait
     * @param started items that are started and have not ended
     * @param refused how many of these a quota refuses
     * @return what was changed; empty where the parallelism stays
     */
    public Optional<ScalingDecision> decide(int backlog, int started, int refused) {
        if (spec == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        int admitted = refused == 0 ? ScalingPolicy.ALL : started - refused;
        Traffic traffic = window.at(now, backlog);
        int most = lately.greatest(ScalingPolicy.enough(spec, traffic), now);
        ScalingDecision decision = ScalingPolicy.decide(spec, parallelism, traffic, most, admitted, lastChange, now);
        if (!decision.changes()) {
            return Optional.empty();
        }
        lastChange = now;
        parallelism = decision.to();
        sentence = decision.sentence();
        return Optional.of(decision);
    }
}
