package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A batch as it is in the cluster now: live, or ended with something of it still to be cleared away.
 *
 * @param record its record
 * @param job its Job; null where there is none (yet, or any more)
 * @param pods the attempts of each item, by completion index, each by ascending attempt
 */
public record Batch(BatchRecord record, JobView job, List<List<PodView>> pods) {

    public static Batch of(BatchRecord record, JobView job, Collection<PodView> pods) {
        List<List<PodView>> byIndex = new ArrayList<>();
        record.entries().forEach(entry -> byIndex.add(new ArrayList<>(1)));
        pods.stream()
                .filter(pod -> pod.index() >= 0 && pod.index() < byIndex.size())
                .sorted(Comparator.comparingInt(PodView::attempt))
                .forEach(pod -> byIndex.get(pod.index()).add(pod));
        return new Batch(record, job, byIndex);
    }

    public int number() {
        return record.number();
    }

    public List<PodView> allPods() {
        return pods.stream().flatMap(List::stream).toList();
    }

    /** Whether a pod of the item may still run. */
    public boolean hasUnendedPod(int index) {
        return pods.get(index).stream().anyMatch(pod -> !pod.isTerminal());
    }
}
