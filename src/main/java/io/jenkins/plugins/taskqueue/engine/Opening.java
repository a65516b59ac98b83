package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Opens a queue, again and again until it is open. It waits on a thread for calls: the timer's are everybody's. */
final class Opening {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.2);

    private final Cluster cluster;
    private final Engine engine;
    private final String queue;
    private final Told told;
    private int tries;
    private volatile boolean closed;

    /**
     * Who is told what comes of it.
     *
     * @param changed as {@link Cluster#open} has it
     * @param opened it is open
     * @param troubled it is not, and is tried again
     * @param refused it can't be opened
     */
    record Told(Runnable changed, Runnable opened, Consumer<String> troubled, Consumer<String> refused) {}

    Opening(Cluster cluster, Engine engine, String queue, Told told) {
        this.cluster = cluster;
        this.engine = engine;
        this.queue = queue;
        this.told = told;
    }

    /** Begins in the background. */
    void begin() {
        try {
            engine.calls().execute(this::open);
        } catch (RejectedExecutionException poolIsClosed) {
            closed = true;
        }
    }

    /** Tries once. */
    void open() {
        if (closed) {
            return;
        }
        try {
            cluster.open(told.changed());
            told.opened().run();
        } catch (ClusterException e) {
            if (e.kind().endsOpening()) {
                told.refused().accept(e.getMessage());
            } else {
                again(e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            again("The opening of the queue \"" + queue + "\" was interrupted.");
        } catch (RuntimeException | Error e) {
            again("Unexpected, while the queue \"" + queue + "\" was opened; please report it: " + e + ".");
        }
    }

    private void again(String trouble) {
        if (closed) {
            return;
        }
        Duration wait = BACKOFF.delay(++tries, queue.hashCode());
        try {
            String end = trouble.endsWith(".") ? " " : ". ";
            told.troubled().accept(trouble + end + "Trying again in " + Math.max(1, wait.toSeconds()) + " s.");
        } finally {
            if (engine.timer() != null) {
                schedule(wait);
            }
        }
    }

    private void schedule(Duration wait) {
        try {
            engine.timer().schedule(this::begin, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException timerIsClosed) {
            closed = true;
        }
    }

    void close() {
        closed = true;
    }
}
