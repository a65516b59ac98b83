package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
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
 * longer be in proportion to the parallelism.
 */
final class OutcomePolicy {
    private static final int PILE = 200;

    static final Duration SOON = Duration.ofSeconds(10);

    private OutcomePolicy() {}

    static void plan(QueueSpec spec, Situation now, Judged judged, int endedPods, Planner plan) {
        Map<Integer, Outcome> outcomes = new HashMap<>();
        boolean complete = true;
        boolean stops = false;
        boolean overdue = false;
        for (int i = 0; i < judged.items().size(); i++) {
            Progress progress = judged.items().get(i);
            if (progress instanceof Progress.Ended ended) {
                if (keepLogs(spec, now, judged, i, ended, plan)) {
                    String tail = ended.pod() == null
                            ? ""
                            : now.underway().logs().getOrDefault(ended.pod().name(), "");
                    boolean failed = ended.outcome().state() == ItemState.FAILED;
                    outcomes.put(i, failed ? ended.outcome().withLogTail(tail) : ended.outcome());
                    stops |= ended.stops();
                    overdue |= failed && isOverdue(now.since(), ended.pod(), plan);
                } else {
                    complete = false;
                }
            } else if (!(progress instanceof Progress.Recorded)) {
                complete = false;
            }
        }
        boolean piledUp = endedPods > Math.max(PILE, 2 * spec.parallelism());
        if (!outcomes.isEmpty() && (complete || stops || overdue || piledUp)) {
            plan.add(new Action.WriteOutcomes(judged.batch().record(), outcomes));
        }
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

    /** Whether the logs that belong to the outcome are in hand; asks for those that are not. */
    private static boolean keepLogs(
            QueueSpec spec, Situation now, Judged judged, int index, Progress.Ended ended, Planner plan) {
        if (ended.outcome().state() != ItemState.FAILED && !spec.logs()) {
            return true;
        }
        String item = judged.batch().record().entries().get(index).name();
        boolean inHand = true;
        for (PodView pod : judged.batch().pods().get(index)) {
            if (pod.isTerminal()
                    && pod.phase() != PodView.Phase.GONE
                    && !now.underway().logs().containsKey(pod.name())) {
                plan.add(new Action.KeepLog(pod, item));
                inHand = false;
            }
        }
        return inHand;
    }

    /** Lets go of what is left of items that have their outcome while their batch is still live. */
    static void release(Judged judged, Planner plan) {
        List<PodView> left = new ArrayList<>();
        for (int i = 0; i < judged.items().size(); i++) {
            if (judged.items().get(i) instanceof Progress.Recorded) {
                judged.batch().pods().get(i).stream().filter(PodView::tracked).forEach(left::add);
            }
        }
        if (!left.isEmpty()) {
            plan.add(new Action.Release(judged.batch().record(), left));
        }
    }
}
