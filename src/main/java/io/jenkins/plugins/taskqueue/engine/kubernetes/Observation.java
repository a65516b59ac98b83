package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps a {@link Table} true: one watch each for the queue's ConfigMaps, Jobs and pods. */
final class Observation {
    private static final Logger LOGGER = Logger.getLogger(Observation.class.getName());
    private static final long PAUSE_MILLIS = 1_000;

    private interface Read<T> {
        Optional<T> get(String name) throws ClusterException, InterruptedException;
    }

    private interface Gone {
        void tell(String name, String uid);
    }

    private final Table table;
    private final ScheduledExecutorService timer;
    private final Watched<ConfigMap> configMaps;
    private final Watched<Job> jobs;
    private final Watched<Pod> pods;

    /** @param timer restarts watches and makes the fresh reads; the caller closes it */
    Observation(KubernetesApi api, ObjectNames names, Table table, ScheduledExecutorService timer) {
        this.table = table;
        this.timer = timer;
        configMaps = new Watched<>(
                "configmaps",
                api.gate(),
                () -> api.client().configMaps().inNamespace(api.namespace()).withLabels(names.labels()),
                (version, onEvent, onEnd) -> api.watch(ConfigMap.class, names.labels(), version, onEvent, onEnd),
                table::configMap,
                map -> table.configMapGone(
                        map.getMetadata().getName(), map.getMetadata().getUid()),
                (listed, version) -> {
                    table.recordsMissingFrom(listed, version)
                            .forEach(row -> verify(
                                    row.name(), row.uid(), api::configMap, table::configMap, table::configMapGone));
                    table.owner()
                            .filter(owner -> !listed.contains(owner.name()))
                            .ifPresent(owner -> verify(
                                    owner.name(), owner.uid(), api::configMap, table::configMap, table::configMapGone));
                },
                timer);
        jobs = new Watched<>(
                "jobs",
                api.gate(),
                () -> api.client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(api.namespace())
                        .withLabels(names.labels()),
                (version, onEvent, onEnd) -> api.watch(Job.class, names.labels(), version, onEvent, onEnd),
                table::job,
                job -> table.jobGone(
                        job.getMetadata().getName(), job.getMetadata().getUid()),
                (listed, version) -> table.jobsMissingFrom(listed, version)
                        .forEach(row -> verify(row.name(), row.uid(), api::job, table::job, table::jobGone)),
                timer);
        pods = new Watched<>(
                "pods",
                api.gate(),
                () -> api.client().pods().inNamespace(api.namespace()).withLabels(names.labels()),
                (version, onEvent, onEnd) -> api.watch(Pod.class, names.labels(), version, onEvent, onEnd),
                table::pod,
                pod -> podDeleted(api, pod),
                (listed, version) -> table.podsMissingFrom(listed, version)
                        .forEach(row -> verify(row.name(), row.uid(), api::pod, table::pod, table::podGone)),
                timer);
    }

    /** Observes everything anew, records first: a pod's end means something only beside its record. */
    void start() throws ClusterException, InterruptedException {
        configMaps.start();
        jobs.start();
        pods.start();
    }

    /** Lists everything once. */
    void look() throws ClusterException, InterruptedException {
        configMaps.look();
        jobs.look();
        pods.look();
    }

    private void podDeleted(KubernetesApi api, Pod last) {
        table.pod(last);
        String name = last.getMetadata().getName();
        String uid = last.getMetadata().getUid();
        if (table.isSettledBy(last)) {
            table.podGone(name, uid);
        } else {
            verify(name, uid, api::pod, table::pod, table::podGone);
        }
    }

    /** An object seems to have vanished: only a fresh read may say so. */
    private <T extends HasMetadata> void verify(
            String name, String uid, Read<T> read, Consumer<T> onSeen, Gone onGone) {
        later(
                () -> {
                    try {
                        Optional<T> found = read.get(name);
                        if (found.filter(object -> object.getMetadata().getUid().equals(uid))
                                .isEmpty()) {
                            onGone.tell(name, uid);
                        }
                        found.ifPresent(onSeen);
                    } catch (ClusterException e) {
                        LOGGER.log(Level.FINE, e, () -> "Cannot yet tell whether " + name + " is gone");
                        later(() -> verify(name, uid, read, onSeen, onGone), PAUSE_MILLIS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                0);
    }

    private void later(Runnable task, long millis) {
        try {
            timer.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Closed", e);
        }
    }

    void close() {
        configMaps.close();
        jobs.close();
        pods.close();
    }
}
