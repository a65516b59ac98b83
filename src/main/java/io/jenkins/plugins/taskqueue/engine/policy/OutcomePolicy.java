package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes outcomes into a live batch's record: of all items at once when the last has ended and the logs are in hand;
 * earlier when a pod has to be stopped, which must not happen before its item's outcome is written; earlier where an item
 * failed some seconds ago; and earlier when so many ended pods have piled up behind a straggler that live pods would no
 * longer be in proportion to the parallelism. Where somebody wants an ended pod gone, a drain for instance, what it tells
 * is written at once: the outcome, or of an item that goes on that the attempt is over.
 */
final class OutcomePolicy {
    private static final int PILE = 200;

    static final Duration SOON = Duration.ofSeconds(10);

    private OutcomePolicy() {}

    static void plan(QueueSpec spec, Situation now, Judged judged, int endedPods, Planner plan) {
        Map<Integer, Outcome> outcomes = new HashMap<>();
        Map<Integer, Attempts> counted = new HashMap<>();
        boolean complete = true;
        boolean urgent = false;
        for (int i = 0; i < judged.items().size(); i++) {
            Entry entry = judged.batch().record().entries().get(i);
            List<PodView> pods = judged.batch().pods().get(i);
            boolean wanted = pods.stream().anyMatch(pod -> pod.leaving() && isUncounted(entry, pod));
            if (judged.items().get(i) instanceof Progress.Ended ended) {
                boolean failed = ended.outcome().state() == ItemState.FAILED;
                if ((!failed && !spec.logs()) || keepLogs(now, entry, pods, plan)) {
                    String tail = ended.pod() == null
                            ? ""
                            : now.underway().logs().getOrDefault(ended.pod().name(), "");
                    outcomes.put(i, failed ? ended.outcome().withLogTail(tail) : ended.outcome());
                    urgent |= ended.stops() || wanted || (failed && isOverdue(now.since(), ended.pod(), plan));
                } else {
                    complete = false;
                }
            } else if (!(judged.items().get(i) instanceof Progress.Recorded)) {
                complete = false;
                if ((wanted || hasLost(entry, pods)) && keepLogs(now, entry, pods, plan)) {
                    counted.put(i, AttemptPolicy.over(entry, pods));
                }
            }
        }
        boolean piledUp = endedPods > Math.max(PILE, 2 * spec.parallelism());
        if (!counted.isEmpty() || (!outcomes.isEmpty() && (complete || urgent || piledUp))) {
            plan.add(new Action.WriteOutcomes(judged.batch().record(), outcomes, counted));
        }
    }

    /** A success of a pod that came again after its time is its item's outcome, whatever was counted. */
    private static boolean isUncounted(Entry entry, PodView pod) {
        return pod.isTerminal() && (pod.attempt() > entry.attempts().last() || pod.phase() == PodView.Phase.SUCCEEDED);
    }

    /** Whether an attempt is over that nobody else can learn of: its pod is gone, and its record does not say so yet. */
    static boolean hasLost(Entry entry, List<PodView> pods) {
        return pods.stream()
                .anyMatch(pod -> isUncounted(entry, pod) && (!pod.tracked() || pod.phase() == PodView.Phase.GONE));
    }

    /** Behind a straggler a failed item is written soon all the same: only then can a person ask for its retry. */
    private static boolean isOverdue(Since since, PodView failed, Planner plan) {
        if (failed == null) {
            return false;
        }
        Instant soon = since.of(failed).plus(SOON);
        plan.wakeAt(soon);
        return !soon.isAfter(plan.now());
    }

    /** Whether the logs of the ended pods are in hand; asks for those that are not. */
    private static boolean keepLogs(Situation now, Entry entry, List<PodView> pods, Planner plan) {
        boolean inHand = true;
        for (PodView pod : pods) {
            if (isUncounted(entry, pod)
                    && pod.phase() != PodView.Phase.GONE
                    && !now.underway().logs().containsKey(pod.name())) {
                plan.add(new Action.KeepLog(pod, entry.name()));
                inHand = false;
            }
        }
        return inHand;
    }

    /** Lets go, while their batch is still live, of pods whose record says what they told. */
    static void release(Judged judged, Planner plan) {
        List<PodView> left = new ArrayList<>();
        for (int i = 0; i < judged.items().size(); i++) {
            boolean recorded = judged.items().get(i) instanceof Progress.Recorded;
            Entry entry = judged.batch().record().entries().get(i);
            judged.batch().pods().get(i).stream()
                    .filter(pod -> pod.tracked() && (recorded || (pod.isTerminal() && !isUncounted(entry, pod))))
                    .forEach(left::add);
        }
        if (!left.isEmpty()) {
            plan.add(new Action.Release(judged.batch().record(), left));
        }
    }
}
