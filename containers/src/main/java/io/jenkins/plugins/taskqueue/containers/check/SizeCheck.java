package io.jenkins.plugins.taskqueue.containers.check;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.time.Duration;

/** Whether a queue takes the listing, with its own limits of size and time. */
final class SizeCheck {
    private static final Duration SLOW = Duration.ofSeconds(20);

    private SizeCheck() {}

    static Finding check(Subject subject) throws InterruptedException {
        var begin = System.nanoTime();
        try {
            subject.queue().list(Listing.NONE);
        } catch (SourceException e) {
            return Rule.SIZE.broken(e.getMessage());
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);
        var fact = "The listing takes a queue " + took.toMillis() / 1000.0 + " s";
        return took.compareTo(SLOW) > 0
                ? Rule.SIZE.advice(fact + ", at every poll: answer faster, or let the queue poll less often.")
                : Rule.SIZE.holds(fact + ".");
    }
}
