package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the tables of all queues true: one watch each for their ConfigMaps, Jobs and pods. Thread-safe. */
final class Observation {
    /** Nothing is decided by what was seen longer ago. */
    static final Duration SILENCE = Duration.ofSeconds(25);

    private static final Logger LOGGER = Logger.getLogger(Observation.class.getName());
    private static final long PAUSE_MILLIS = 1_000;
    /**
     * In the order in which they are listed. Records come last: a pod that is let go meanwhile is counted in its record by
     * then, so that it is in one of the two lists, and no number of an attempt is given twice.
     */
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(Pod.class, Job.class, ConfigMap.class);

    private final KubernetesApi api;
    private final Map<String, String> labels;
    private final ScheduledExecutorService timer;
    private final List<Table> tables = new CopyOnWriteArrayList<>();
    private final List<Watched<?>> watches;

    /**
     * @param labels of the objects that are watched
     * @param timer makes the fresh reads; the caller closes it
     */
    Observation(KubernetesApi api, Map<String, String> labels, ScheduledExecutorService timer, LongSupplier nanos) {
        this.api = api;
        this.labels = labels;
        this.timer = timer;
        watches = KINDS.stream().<Watched<?>>map(kind -> watched(kind, nanos)).toList();
    }

    private <T extends HasMetadata> Watched<T> watched(Class<T> kind, LongSupplier nanos) {
        var everybody = new Watched.Audience<T>(
                this::isInterested,
                () -> list(api, kind, labels, List.copyOf(tables)),
                this::see,
                () -> tables.forEach(Table::changed));
        return new Watched<>(api, kind, labels, everybody, Watched.SECONDS, nanos);
    }

    /** Keeps a table true from now on. Returns when everything is in it. */
    void follow(Table table) throws ClusterException, InterruptedException {
        if (!tables.contains(table)) {
            tables.add(table); // before it is listed: whatever changes then is told
        }
        boolean isAll = table.names().labels().equals(labels);
        List<String> versions = look(api, table);
        for (int i = 0; i < watches.size(); i++) {
            watches.get(i).start(isAll ? versions.get(i) : null);
        }
    }

    void leave(Table table) {
        tables.remove(table);
    }

    /**
     * Lists once everything that a queue has.
     *
     * @return the lists' versions
     */
    static List<String> look(KubernetesApi api, Table table) throws ClusterException, InterruptedException {
        List<String> versions = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : KINDS) {
            versions.add(list(api, kind, table.names().labels(), List.of(table)));
        }
        return versions;
    }

    private static <T extends HasMetadata> String list(
            KubernetesApi api, Class<T> kind, Map<String, String> labels, Collection<Table> tables)
            throws ClusterException, InterruptedException {
        Map<Table, Long> begun = new HashMap<>();
        tables.forEach(table -> begun.put(table, table.begin()));
        Map<Table, Set<String>> names = new HashMap<>();
        String version = api.list(
                kind,
                labels,
                page -> page.forEach(object -> {
                    for (Table table : tables) {
                        if (table.names().marks(object.getMetadata().getLabels())) {
                            names.computeIfAbsent(table, one -> new HashSet<>())
                                    .add(object.getMetadata().getName());
                            tell(() -> table.see(object, begun.get(table)), object);
                        }
                    }
                }));
        tables.forEach(table -> table.listed(kind, names.getOrDefault(table, Set.of()), begun.get(table)));
        return version;
    }

    /** Whether the server has told lately of everything. */
    boolean isLive() {
        return watches.stream().allMatch(watched -> watched.silence().compareTo(SILENCE) <= 0);
    }

    /** One object that nobody expected must not keep anybody from seeing the others. */
    private static void tell(Runnable telling, HasMetadata object) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> object.getKind() + " " + object.getMetadata().getName() + " is not understood");
        }
    }

    /** An object seems to have vanished: only a fresh read may say so. */
    private void verify(Table table, HasMetadata object, long waitMillis) {
        try {
            timer.schedule(() -> read(table, object), waitMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Closed", e);
        }
    }

    private void read(Table table, HasMetadata object) {
        try {
            Optional<? extends HasMetadata> found =
                    api.get(object.getClass(), object.getMetadata().getName());
            boolean isThere = found.map(same -> same.getMetadata().getUid())
                    .filter(object.getMetadata().getUid()::equals)
                    .isPresent();
            if (!isThere) {
                table.gone(object);
            }
            found.ifPresent(now -> tell(() -> table.see(now, Rows.NEWS), now));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // whatever it is, the question stays
            LOGGER.log(
                    e instanceof ClusterException ? Level.FINE : Level.WARNING,
                    e,
                    () -> "Cannot yet tell whether " + object.getMetadata().getName() + " is gone");
            verify(table, object, PAUSE_MILLIS);
        }
    }

    void close() {
        watches.forEach(Watched::close);
    }

    private boolean isInterested(String queue) {
        return tables.stream().anyMatch(table -> table.names().id().value().equals(queue));
    }

    private void see(HasMetadata object, boolean deleted) {
        for (Table table : tables) {
            if (table.names().marks(object.getMetadata().getLabels())) {
                tell(() -> see(table, object, deleted), object);
            }
        }
    }

    private void see(Table table, HasMetadata object, boolean deleted) {
        table.see(object, Rows.NEWS);
        if (deleted && object instanceof Pod pod && !table.isSettledBy(pod)) {
            verify(table, object, 0);
        } else if (deleted) {
            table.gone(object);
        }
    }
}
