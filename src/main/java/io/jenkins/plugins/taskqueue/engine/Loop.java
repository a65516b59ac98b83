package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs passes one after the other: when something happened or when it is time. Triggers that come together make one pass,
 * and passes keep a distance in the long run, however many threads the timer has. Thread-safe.
 */
final class Loop {
    /** The least distance from the begin of one pass to the begin of the next, in the long run. */
    static final Duration DISTANCE = Duration.ofMillis(50);
    /** So many may follow one another at once after a pause: what one pass has begun, the next takes on. */
    static final int BURST = 5;

    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final Runnable pass;
    private boolean queued;
    private boolean passing;
    private boolean again;
    private boolean closed;
    /** When the next pass would begin if all came evenly. */
    private Instant evenly = Instant.EPOCH;

    private Future<?> alarm;
    private Instant alarmAt = Instant.MAX;

    Loop(InstantSource clock, ScheduledExecutorService timer, Runnable pass) {
        this.clock = clock;
        this.timer = timer;
        this.pass = pass;
    }

    /** Something happened: a pass begins as soon as the distance allows. */
    synchronized void trigger() {
        if (queued || closed) {
            return;
        }
        Duration wait = Duration.between(clock.instant(), evenly.minus(DISTANCE.multipliedBy(BURST - 1)));
        queued = schedule(this::begin, wait) != null;
    }

    /** A pass is due then, if none comes before. */
    synchronized void wakeAt(Instant time) {
        if (closed || time.equals(Instant.MAX) || (alarm != null && !time.isBefore(alarmAt))) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmAt = time;
        alarm = schedule(this::ring, Duration.between(clock.instant(), time));
    }

    private void ring() {
        synchronized (this) {
            alarm = null;
            alarmAt = Instant.MAX;
        }
        trigger();
    }

    private void begin() {
        synchronized (this) {
            queued = false;
            again = passing;
            if (closed || passing) {
                return;
            }
            passing = true;
            Instant now = clock.instant();
            evenly = (evenly.isAfter(now) ? evenly : now).plus(DISTANCE);
        }
        try {
            pass.run();
        } finally {
            end();
        }
    }

    private synchronized void end() {
        passing = false;
        if (again) {
            again = false;
            trigger();
        }
    }

    private Future<?> schedule(Runnable task, Duration wait) {
        if (timer == null) {
            return null;
        }
        try {
            return timer.schedule(task, Math.max(0, wait.toMillis() + 1), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException timerIsClosed) {
            return null;
        }
    }

    synchronized void close() {
        closed = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
