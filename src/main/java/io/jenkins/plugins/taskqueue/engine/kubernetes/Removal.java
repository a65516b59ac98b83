package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Removes a queue's objects. The owner goes first: a manager that runs sees that and starts nothing more. Our finalizers
 * go by our own hand, since the garbage collector waits for them.
 */
final class Removal {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final KubernetesApi api;
    private final ObjectNames names;
    private final Fanout fanout;
    private final Duration patience;
    private final LongSupplier nanos;

    /** @param patience how long workers may take to end, before their pods are removed without their nodes' word */
    Removal(KubernetesApi api, ObjectNames names, Fanout fanout, Duration patience, LongSupplier nanos) {
        this.api = api;
        this.names = names;
        this.fanout = fanout;
        this.patience = patience;
        this.nanos = nanos;
    }

    void everything() throws ClusterException, InterruptedException {
        long start = nanos.getAsLong();
        api.deleteConfigMap(names.owner());
        while (true) {
            api.deleteAll(Job.class, names.labels());
            List<Pod> pods = pods();
            boolean force = nanos.getAsLong() - start > patience.toNanos();
            removePods(pods, force);
            api.deleteAll(ConfigMap.class, names.labels());
            if (pods.isEmpty() && jobs().isEmpty()) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private void removePods(List<Pod> pods, boolean force) throws ClusterException, InterruptedException {
        fanout.each(
                pods.stream()
                        .filter(pod -> pod.getMetadata().getFinalizers().contains(Keys.FINALIZER))
                        .toList(),
                this::untrack);
        if (force) {
            fanout.each(pods, pod -> api.deletePod(pod.getMetadata().getName(), 0));
        } else if (pods.stream().anyMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null)) {
            api.deleteAll(Pod.class, names.labels());
        }
    }

    private void untrack(Pod pod) throws ClusterException, InterruptedException {
        try {
            api.releasePod(pod.getMetadata().getName(), null);
        } catch (ClusterException e) {
            if (e.kind() != Kind.GONE) {
                throw e;
            }
        }
    }

    private List<Pod> pods() throws ClusterException, InterruptedException {
        return list(Pod.class);
    }

    private List<Job> jobs() throws ClusterException, InterruptedException {
        return list(Job.class);
    }

    private <T extends HasMetadata> List<T> list(Class<T> kind) throws ClusterException, InterruptedException {
        List<T> all = new ArrayList<>();
        api.list(kind, names.labels(), all::addAll);
        return all;
    }
}
