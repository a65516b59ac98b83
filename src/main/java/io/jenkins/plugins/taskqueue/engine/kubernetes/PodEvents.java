package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks its events why a pod waits that does not say so itself, as where a volume can't be mounted. An API server looks through
 * all events of the namespace for one pod's, so that few are asked for: of pods that have waited for some seconds, one after
 * the other, and of each not often. Off the loop's thread.
 */
final class PodEvents {
    /** What a pod needs to start when all is well. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    static final Duration ROUND = Duration.ofSeconds(2);
    /** A pod's events are read again after this, though nothing tells that there are new ones. */
    static final Duration AGAIN = Duration.ofSeconds(20);
    /** Whether the right was given meanwhile is found out after this. */
    static final Duration DENIED = Duration.ofMinutes(2);

    static final int MOST = 4;

    private static final Logger LOGGER = Logger.getLogger(PodEvents.class.getName());

    interface Reader {
        List<Event> events(String podUid) throws ClusterException, InterruptedException;
    }

    interface Later {
        void run(Runnable task, Duration delay);
    }

    private final Supplier<List<Rows.Row<PodRow>>> silent;
    private final BiConsumer<Rows.Row<PodRow>, PodCause> causes;
    private final Reader reader;
    private final Later later;
    private final LongSupplier nanos;
    private final AtomicBoolean busy = new AtomicBoolean();
    /** When a pod was first seen to wait, and when its events may be asked for; by uid. Used by one round at a time. */
    private final Map<String, Long> due = new HashMap<>();

    private boolean told;

    /**
     * @param silent the pods that wait and do not say why
     * @param causes is told why
     * @param nanos a monotonic clock
     */
    PodEvents(
            Supplier<List<Rows.Row<PodRow>>> silent,
            BiConsumer<Rows.Row<PodRow>, PodCause> causes,
            Reader reader,
            Later later,
            LongSupplier nanos) {
        this.silent = silent;
        this.causes = causes;
        this.reader = reader;
        this.later = later;
        this.nanos = nanos;
    }

    /** To be called when pods may have begun to wait. Cheap; any thread. */
    void wake() {
        if (busy.compareAndSet(false, true)) {
            later.run(this::round, PATIENCE);
        }
    }

    private void round() {
        boolean waits = false;
        try {
            waits = look(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Pods' events can't be read for now", e);
            waits = true;
        } finally {
            busy.set(waits);
            if (waits) {
                later.run(this::round, ROUND);
            }
        }
    }

    /**
     * Asks for some of what is due.
     *
     * @param patience how long a pod has to have waited
     * @return whether there are pods that wait
     */
    synchronized boolean look(Duration patience) throws InterruptedException {
        long now = nanos.getAsLong();
        List<Rows.Row<PodRow>> waiting = silent.get();
        due.keySet().retainAll(waiting.stream().map(Rows.Row::uid).toList());
        waiting.forEach(row -> due.putIfAbsent(row.uid(), now + patience.toNanos()));
        List<Rows.Row<PodRow>> some = waiting.stream()
                .filter(row -> due.get(row.uid()) - now <= 0)
                .sorted(Comparator.comparingLong(row -> due.get(row.uid()) - now))
                .limit(MOST)
                .toList();
        for (Rows.Row<PodRow> row : some) {
            due.put(row.uid(), now + AGAIN.toNanos());
            if (!read(row)) {
                waiting.forEach(one -> due.put(one.uid(), now + DENIED.toNanos()));
                waiting.forEach(one -> causes.accept(one, PodCause.UNREADABLE));
                break;
            }
        }
        return !waiting.isEmpty();
    }

    /** Whether the right to is there. */
    private boolean read(Rows.Row<PodRow> row) throws InterruptedException {
        try {
            causes.accept(row, PodCause.of(reader.events(row.uid())));
        } catch (ClusterException e) {
            LOGGER.log(Level.FINE, e, () -> "The events of " + row.name() + " can't be read");
            if (e.kind() == Kind.REFUSED) {
                LOGGER.log(
                        told ? Level.FINE : Level.INFO, "{0} Rows of the queue say less without it.", e.getMessage());
                told = true;
                return false;
            }
        }
        return true;
    }
}
