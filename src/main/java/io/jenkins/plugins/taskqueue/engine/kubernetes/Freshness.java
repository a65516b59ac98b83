package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Whether everything was observed since the lease was last got. While a manager did not hold it another may have acted,
 * so what was known before counts for nothing.
 */
final class Freshness {
    private static final Logger LOGGER = Logger.getLogger(Freshness.class.getName());
    private static final long PAUSE_MILLIS = 500;

    private final Observation observation;
    private final ScheduledExecutorService timer;
    private final Runnable onChange;
    /** How often the lease was got. */
    private final AtomicInteger acquired = new AtomicInteger();

    private volatile int observedSince = -1;
    private volatile boolean begun;

    /** @param onChange called when everything was observed anew */
    Freshness(Observation observation, ScheduledExecutorService timer, Runnable onChange) {
        this.observation = observation;
        this.timer = timer;
        this.onChange = onChange;
    }

    /** Observes everything for the first time. Returns when it is known. */
    void begin() throws ClusterException, InterruptedException {
        int since = acquired.get();
        observation.start();
        observedSince = since;
        begun = true;
    }

    /** To be called whenever the lease was got, before anybody acts on that. */
    void onAcquire() {
        acquired.incrementAndGet();
        if (begun) {
            timer.execute(this::observeAnew);
        }
    }

    boolean isFresh() {
        return observedSince == acquired.get();
    }

    private void observeAnew() {
        int since = acquired.get();
        try {
            observation.start();
            observedSince = since;
            onChange.run();
        } catch (ClusterException e) {
            LOGGER.log(Level.FINE, "Everything must be observed anew before the queue goes on", e);
            timer.schedule(this::observeAnew, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
