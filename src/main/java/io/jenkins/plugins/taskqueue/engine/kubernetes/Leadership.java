package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps a lease by a thread of its own, so that nothing else can hold up its renewal. */
final class Leadership {
    private static final Logger LOGGER = Logger.getLogger(Leadership.class.getName());
    private static final long PATIENCE_SECONDS = 12;

    private final QueueLease lease;
    private final LeaseTimes times;
    private final Runnable onChange;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "task-queue-lease"));
    private boolean wasHeld;

    /** @param onChange called when the lease was got or lost */
    Leadership(QueueLease lease, LeaseTimes times, Runnable onChange) {
        this.lease = lease;
        this.times = times;
        this.onChange = onChange;
    }

    static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        wasHeld = lease.isHeld();
        long period = times.retryPeriod().toMillis();
        thread.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            lease.tick();
        } catch (ClusterException e) {
            LOGGER.log(Level.FINE, "The lease could not be renewed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "The lease could not be renewed", e); // a thrown tick would be the last
        }
        boolean held = lease.isHeld();
        if (held != wasHeld) {
            wasHeld = held;
            onChange.run();
        }
    }

    boolean isHeld() {
        return lease.isHeld();
    }

    /** Stops renewing; when that has come to rest, the lease can be given up or deleted. */
    void stop() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.warning("The lease is still being renewed: the next manager has to wait until it runs out.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void release() {
        try {
            lease.release();
        } catch (ClusterException e) {
            LOGGER.log(Level.FINE, "The lease was not given up: it runs out", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
