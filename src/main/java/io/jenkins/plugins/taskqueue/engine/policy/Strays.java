package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is there and belongs to no batch. Of the queue itself it is what a stalled manager made after its batch had been
 * cleared away, or what is left of a record that somebody deleted: since nobody knows whose items such pods do, nothing is
 * started before they have ended.
 *
 * @param left whether an earlier queue of this name has left something
 * @param jobs numbers of the Jobs that no record tells of
 * @param pods the pods that no record tells of
 */
public record Strays(boolean left, Set<Integer> jobs, List<PodView> pods) {
    public static final Strays NONE = new Strays(false, Set.of(), List.of());

    public static Strays of(Observed observed) {
        Map<Integer, Integer> items = observed.records().stream()
                .filter(record -> !record.merged() && !record.entries().isEmpty())
                .collect(Collectors.toMap(
                        BatchRecord::number, record -> record.entries().size()));
        // Of a later batch, which another manager has claimed, the record is only not seen yet; maybe of the last one
        // too.
        int claimed = observed.run().claimed() - (observed.run().settled() ? 0 : 1);
        return new Strays(
                observed.others().left(),
                observed.jobs().keySet().stream()
                        .filter(batch -> batch <= claimed && !items.containsKey(batch))
                        .collect(Collectors.toSet()),
                observed.pods().values().stream()
                        .flatMap(List::stream)
                        .filter(pod -> pod.batch() <= claimed)
                        .filter(pod -> pod.index() >= items.getOrDefault(pod.batch(), 0))
                        .toList());
    }

    public boolean isEmpty() {
        return !left && jobs.isEmpty() && pods.isEmpty();
    }

    /** What has to end before anything is started; empty where there is nothing. */
    String awaited() {
        return pods.stream()
                .filter(pod -> !pod.isTerminal())
                .map(PodView::name)
                .sorted()
                .findFirst()
                .map(pod -> "No more items are started until the pod " + pod
                        + " has ended, since the record of its batch was deleted.")
                .orElse("");
    }

    void plan(Planner plan) {
        if (!isEmpty()) {
            plan.add(new Action.Sweep(jobs, pods));
        }
    }
}
