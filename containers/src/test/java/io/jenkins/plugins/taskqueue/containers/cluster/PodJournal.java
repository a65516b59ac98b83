package io.jenkins.plugins.taskqueue.containers.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts, from the API server's own events, how many items had a pod that had not ended, and how often each succeeded. */
final class PodJournal implements AutoCloseable, ResourceEventHandler<Pod> {
    private static final String ITEM = "task-queue.jenkins.io/item-name";

    private final SharedIndexInformer<Pod> informer;
    private final Map<String, Set<String>> unended = new HashMap<>();
    private final Map<String, Set<String>> succeeded = new TreeMap<>();
    private int most;

    PodJournal(TestCluster cluster) {
        informer = cluster.admin.pods().inNamespace(cluster.namespace).inform(this);
    }

    @Override
    public void onAdd(Pod pod) {
        see(pod, false);
    }

    @Override
    public void onUpdate(Pod before, Pod after) {
        see(after, false);
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
        see(pod, true);
    }

    private synchronized void see(Pod pod, boolean gone) {
        String item = pod.getMetadata().getAnnotations().get(ITEM);
        String uid = pod.getMetadata().getUid();
        String phase = pod.getStatus().getPhase();
        Set<String> pods = unended.computeIfAbsent(item, unknown -> new HashSet<>());
        if (gone || "Succeeded".equals(phase) || "Failed".equals(phase)) {
            pods.remove(uid);
        } else {
            pods.add(uid);
        }
        if (isDone(pod)) {
            succeeded.computeIfAbsent(item, unknown -> new HashSet<>()).add(uid);
        }
        most = Math.max(most, (int)
                unended.values().stream().filter(set -> !set.isEmpty()).count());
    }

    /** Whether its worker ended with 0: a kubelet that is killed just then leaves the pod's phase behind. */
    private static boolean isDone(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(container -> container.getState().getTerminated())
                .anyMatch(end -> end != null && end.getExitCode() == 0);
    }

    /** The most items at once that had a pod that had not ended. */
    synchronized int mostAtOnce() {
        return most;
    }

    /** How many workers of each item ended with 0. */
    synchronized Map<String, Integer> successes() {
        Map<String, Integer> counts = new TreeMap<>();
        succeeded.forEach((item, pods) -> counts.put(item, pods.size()));
        return counts;
    }

    @Override
    public void close() {
        informer.close();
    }
}
