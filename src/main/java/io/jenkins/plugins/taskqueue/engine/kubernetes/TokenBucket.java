package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Spaces calls out to a rate, after a burst. It only tells how long to wait; any thread. */
final class TokenBucket {
    private final long interval;
    private final long tolerance;
    private final LongSupplier nanos;
    /** When the next call would come if all came evenly. */
    private long next;

    TokenBucket(int perSecond, int burst, LongSupplier nanos) {
        interval = Duration.ofSeconds(1).toNanos() / perSecond;
        tolerance = interval * (burst - 1);
        this.nanos = nanos;
        next = nanos.getAsLong();
    }

    /** Takes one token, and says in how many nanoseconds it may be used. */
    synchronized long take() {
        long now = nanos.getAsLong();
        long wait = Math.max(0, next - tolerance - now);
        next = (next - now > 0 ? next : now) + interval;
        return wait;
    }

    /** Lets nobody through for a while: the server asked for it. */
    synchronized void pause(Duration pause) {
        long resume = nanos.getAsLong() + pause.toNanos() + tolerance;
        if (resume - next > 0) {
            next = resume;
        }
    }
}
