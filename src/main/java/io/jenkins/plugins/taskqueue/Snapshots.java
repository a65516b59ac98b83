package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Writes the rows of a queue down now and then, and at the end for the last time. Thread-safe. */
final class Snapshots {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Supplier<QueueSnapshot> file;
    private Instant lastAt = Instant.MIN;
    private boolean isLast;

    /** @param file asked each time, since a build's folder is moved when its job is renamed */
    Snapshots(Supplier<QueueSnapshot> file) {
        this.file = file;
    }

    /** Whether it is time for the next; the time of the one after counts from now then. */
    synchronized boolean isDue(Instant now) {
        boolean due = !now.isBefore(lastAt.plus(PAUSE));
        lastAt = due ? now : lastAt;
        return due;
    }

    /** One that comes after the last, since its thread was slow, is not written. May block. */
    synchronized void write(Status status) {
        if (!isLast) {
            file.get().write(status);
        }
    }

    /** May block. */
    synchronized void writeLast(Status status) {
        isLast = true;
        file.get().write(status);
    }
}
