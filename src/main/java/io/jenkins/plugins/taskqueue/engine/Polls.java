package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Makes the polls in the background: each after the wait that the last one gave, or sooner when it is asked for. */
final class Polls {
    /** From the begin of one poll to the begin of the next, when they are asked for. */
    static final Duration DISTANCE = Duration.ofSeconds(1);
    /** After one that was broken off. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Engine engine;
    private final Intake intake;
    private final Poller poller;
    private final Runnable onPolled;
    private boolean polling;
    private boolean closed;
    private Instant lastBegin = Instant.EPOCH;
    private Future<?> next;

    Polls(Engine engine, Intake intake, Poller poller, Runnable onPolled) {
        this.engine = engine;
        this.intake = intake;
        this.poller = poller;
        this.onPolled = onPolled;
    }

    synchronized void start() {
        schedule(Duration.ZERO);
    }

    /** Something may have changed at the source. One that is in trouble is asked when its back-off is over. */
    synchronized void soon() {
        if (!polling && intake.trouble().isEmpty()) {
            schedule(Duration.between(engine.steady().instant(), lastBegin.plus(DISTANCE)));
        }
    }

    synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private void schedule(Duration wait) {
        if (engine.timer() == null || closed) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        try {
            next = engine.timer().schedule(this::begin, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException timerIsClosed) {
            closed = true;
        }
    }

    private void begin() {
        synchronized (this) {
            if (polling || closed) {
                return;
            }
            polling = true;
            lastBegin = engine.steady().instant();
        }
        try {
            engine.fetches().execute(this::poll);
        } catch (RejectedExecutionException poolIsClosed) {
            close();
        }
    }

    /** Whatever ends a poll, the next one comes. */
    private void poll() {
        Duration wait = AGAIN;
        try {
            wait = poller.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                polling = false;
                schedule(wait);
            }
        }
        onPolled.run();
    }
}
