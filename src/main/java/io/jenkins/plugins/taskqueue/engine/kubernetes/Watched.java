package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.taskqueue.engine.Backoff;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One kind of object, followed by a thread of its own: list, watch until anything happens, back off. Watches are short, and
 * the server tells before the end of each how far it was: one that told nothing is not gone on from, as its server may not
 * know the version that was asked for, and nothing is silent for long without being noticed.
 */
final class Watched<T extends HasMetadata> implements Runnable {
    private static final Logger LOGGER = Logger.getLogger(Watched.class.getName());
    /** How long a watch lasts. */
    static final int SECONDS = 10;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), 2, Duration.ofSeconds(4), 0.2);
    /** So many failures may be a network that comes back at once. */
    private static final int WORTH_TELLING = 3;

    private static final int GONE = 410;
    private static final int TOO_MANY = 429;

    private final KubernetesApi api;
    private final Class<T> kind;
    private final Map<String, String> labels;
    private final Audience<T> audience;
    private final int seconds;
    /** The server's sign of life comes two seconds before the end of a watch. */
    private final Transport.Patience patience;

    private final LongSupplier nanos;
    private final Thread thread;

    private volatile boolean closed;
    private volatile long heard;
    private volatile String version;
    private volatile boolean told;

    /**
     * Those who are told.
     *
     * @param isInterested whether anybody of them asks for what is of that queue
     * @param list tells everything that there is, and returns the list's version
     * @param see told of an object, and whether that was its last state
     * @param changed told that what is believed of everything may have changed: it was listed anew, is told again after a
     *     silence, or is not told
     */
    record Audience<T>(Predicate<String> isInterested, Listing list, BiConsumer<T, Boolean> see, Runnable changed) {}

    /** Lists everything. */
    interface Listing {
        String list() throws ClusterException, InterruptedException;
    }

    /** @param seconds how long each watch lasts */
    Watched(
            KubernetesApi api,
            Class<T> kind,
            Map<String, String> labels,
            Audience<T> audience,
            int seconds,
            LongSupplier nanos) {
        this.api = api;
        this.kind = kind;
        this.labels = labels;
        this.audience = audience;
        this.seconds = seconds;
        this.patience = new Transport.Patience(Duration.ofSeconds(seconds + 2L), Duration.ofSeconds(seconds + 5L));
        this.nanos = nanos;
        this.heard = nanos.getAsLong();
        this.thread = Fanout.daemon(this, "task-queue-" + HasMetadata.getPlural(kind));
    }

    /** @param from the version to go on from, where everything has just been listed; null to list it first */
    synchronized void start(String from) {
        if (thread.getState() == Thread.State.NEW) {
            version = from;
            heard = nanos.getAsLong();
            thread.start();
        }
    }

    /** How long there was no sign of the server. */
    Duration silence() {
        return Duration.ofNanos(nanos.getAsLong() - heard);
    }

    @Override
    public void run() {
        int failures = 0;
        while (!closed) {
            try {
                follow();
                failures = 0;
            } catch (InterruptedException e) {
                LOGGER.log(Level.FINEST, "Closed", e);
            } catch (Throwable e) { // a loop that ended would leave its queues blind
                failures++;
                survive(failures, e);
            }
        }
    }

    private void follow() throws ClusterException, InterruptedException {
        if (version == null) {
            version = audience.list().list();
            hear();
            audience.changed().run();
        }
        told = false;
        var events = new Events<>(kind, audience.isInterested(), this::event, this::begun);
        api.watch(kind, labels, version, seconds, patience, events);
        if (!told) {
            version = null;
        }
    }

    private void event(String type, T object) {
        switch (type) {
            case "ADDED", "MODIFIED" -> audience.see().accept(object, false);
            case "DELETED" -> audience.see().accept(object, true);
            default -> LOGGER.log(Level.FINEST, "{0} of {1}", new Object[] {type, kind});
        }
        version = object.getMetadata().getResourceVersion();
        told = true;
        hear();
    }

    private void begun() {
        api.gate().allowed(new ApiCall("watch", HasMetadata.getPlural(kind), ""));
        hear();
    }

    private void hear() {
        boolean late = silence().compareTo(Observation.SILENCE) > 0;
        heard = nanos.getAsLong();
        if (late) {
            audience.changed().run();
        }
    }

    /** Nothing gets out of here: there may be no memory even for words. */
    private void survive(int failures, Throwable e) {
        try {
            if (!canGoOn(e)) {
                version = null;
            }
            Duration pause = BACKOFF.delay(failures, kind.hashCode());
            boolean expected = isDenial(e)
                    || failures != WORTH_TELLING && (failures > WORTH_TELLING || canGoOn(e) || code(root(e)) == GONE);
            LOGGER.log(
                    expected ? Level.FINE : Level.WARNING,
                    e,
                    () -> call() + " can't be followed: trying again in " + pause.toMillis() + " ms");
            audience.changed().run();
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (Throwable closedOrAskedOrWorse) {
            told = false;
        }
    }

    private String call() {
        return "The " + HasMetadata.getPlural(kind) + " in namespace " + api.namespace();
    }

    /** Whether it was the network, or the server asks for patience; anything else might come again from there. */
    private static boolean canGoOn(Throwable e) {
        Throwable root = root(e);
        return root instanceof IOException
                || root instanceof TimeoutException
                || code(root) == TOO_MANY
                || code(root) >= 500;
    }

    /** That is told by every queue itself. */
    private static boolean isDenial(Throwable e) {
        return code(root(e)) == 401 || code(root(e)) == 403;
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }

    private static int code(Throwable e) {
        return e instanceof KubernetesClientException refused ? refused.getCode() : 0;
    }

    synchronized void close() {
        closed = true;
        thread.interrupt();
    }
}
