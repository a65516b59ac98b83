package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One list and then one watch of one kind of object. A watch that ends goes on from the last version seen; only where
 * the API server no longer has that version (410) everything is listed anew.
 */
final class Watched<T extends HasMetadata> {
    private static final Logger LOGGER = Logger.getLogger(Watched.class.getName());
    private static final long PAGE = 500;
    static final long TIMEOUT_SECONDS = 300;
    /** A watch that has not ended by then hangs on a dead connection. */
    private static final long HUNG_SECONDS = TIMEOUT_SECONDS + 30;

    private static final int GONE = 410;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 4_000;

    private final ApiCall call;
    private final ApiGate gate;
    private final Supplier<FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?>> objects;
    private final Opening<T> opening;
    private final Consumer<T> onSeen;
    private final Consumer<T> onDeleted;
    private final BiConsumer<Set<String>, Long> onListed;
    private final ScheduledExecutorService timer;

    private volatile Watching current;
    private volatile boolean closed;
    private String version;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /** Begins a watch of the same objects. */
    interface Opening<T extends HasMetadata> {
        WatchStream<T> open(String version, BiConsumer<String, T> onEvent, Consumer<KubernetesClientException> onEnd);
    }

    /**
     * @param objects what is listed
     * @param opening watches it
     * @param onListed gets all names that exist, and the version of the list
     * @param timer restarts what ended
     */
    Watched(
            String resource,
            ApiGate gate,
            Supplier<FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?>> objects,
            Opening<T> opening,
            Consumer<T> onSeen,
            Consumer<T> onDeleted,
            BiConsumer<Set<String>, Long> onListed,
            ScheduledExecutorService timer) {
        call = new ApiCall("list", resource, "");
        this.gate = gate;
        this.objects = objects;
        this.opening = opening;
        this.onSeen = onSeen;
        this.onDeleted = onDeleted;
        this.onListed = onListed;
        this.timer = timer;
    }

    /** Lists everything anew, and watches from there. Returns when the list was taken in. */
    synchronized void start() throws ClusterException, InterruptedException {
        stopWatching();
        version = gate.read(call, this::list);
        watch();
    }

    /** Lists everything, and watches nothing. */
    void look() throws ClusterException, InterruptedException {
        gate.read(call, this::list);
    }

    private String list() {
        Set<String> names = new HashSet<>();
        String next = null;
        String listed = null;
        do {
            var page = objects.get()
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().forEach(object -> {
                names.add(object.getMetadata().getName());
                onSeen.accept(object);
            });
            next = page.getMetadata().getContinue();
            listed = page.getMetadata().getResourceVersion();
        } while (next != null && !next.isEmpty());
        onListed.accept(names, Rows.version(listed));
        return listed;
    }

    private void watch() throws ClusterException, InterruptedException {
        var watching = new Watching();
        current = watching;
        String from = version;
        watching.stream = gate.read(call, () -> opening.open(from, watching::event, watching::ended));
        schedule(() -> restart(watching, null), TimeUnit.SECONDS.toMillis(HUNG_SECONDS));
    }

    /** Goes on after a watch has ended, unless another has been started since. */
    private synchronized void restart(Watching ended, KubernetesClientException cause) {
        if (closed || current != ended) {
            return;
        }
        stopWatching();
        version = ended.version == null ? version : ended.version;
        try {
            if (version == null || cause != null && cause.getCode() == GONE) {
                start();
            } else {
                watch();
            }
            pauseMillis = FIRST_PAUSE_MILLIS;
        } catch (ClusterException e) {
            if (e.getCause() instanceof KubernetesClientException refused && refused.getCode() == GONE) {
                version = null;
            }
            long pause = pauseMillis;
            LOGGER.log(Level.FINE, e, () -> call + " failed, next try in " + pause + " ms");
            var failed = new Watching();
            current = failed;
            schedule(() -> restart(failed, null), pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopWatching() {
        Watching watching = current;
        current = null;
        if (watching != null && watching.stream != null) {
            watching.stream.close();
        }
    }

    private void schedule(Runnable task, long millis) {
        try {
            timer.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Closed", e);
        }
    }

    void close() {
        closed = true;
        synchronized (this) {
            stopWatching();
        }
    }

    /** One watch. Its events come one after the other, on the client's threads. */
    private final class Watching {
        private volatile WatchStream<T> stream;
        private volatile String version;

        void event(String type, T object) {
            if (current != this) {
                return;
            }
            switch (type) {
                case "ADDED", "MODIFIED" -> onSeen.accept(object);
                case "DELETED" -> onDeleted.accept(object);
                default -> LOGGER.log(Level.FINEST, "{0} of {1}", new Object[] {type, call});
            }
            version = object.getMetadata().getResourceVersion();
        }

        void ended(KubernetesClientException cause) {
            schedule(() -> restart(this, cause), FIRST_PAUSE_MILLIS);
        }
    }
}
