package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.util.function.Supplier;

/** Asks the source for its items again and again; after a failure with back-off. One poll at a time. */
final class Poller {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2);

    private final Source source;
    private final Intake intake;
    private final Engine engine;
    private final Supplier<QueueSpec> spec;
    private int failures;

    Poller(Source source, Intake intake, Engine engine, Supplier<QueueSpec> spec) {
        this.source = source;
        this.intake = intake;
        this.engine = engine;
        this.spec = spec;
    }

    /** Polls once. Returns how long to wait before the next poll. */
    Duration poll() throws InterruptedException {
        try {
            intake.ask();
            Listing listing = source.list(intake.listing());
            failures = 0;
            intake.accept(listing, engine.clock().instant());
            return spec.get().poll();
        } catch (SourceException e) {
            return failed(e.getMessage(), e.retryAfter());
        } catch (RuntimeException | Error e) {
            return failed("Unexpected, while listing the items of " + source.describe() + ": " + e, Duration.ZERO);
        }
    }

    private Duration failed(String sentence, Duration asked) {
        Duration backoff = BACKOFF.delay(++failures, source.describe().hashCode());
        Duration wait = asked.compareTo(backoff) > 0 ? asked : backoff;
        intake.fail(sentence);
        engine.events().accept(new Event.SourceFailed(sentence));
        return wait;
    }
}
