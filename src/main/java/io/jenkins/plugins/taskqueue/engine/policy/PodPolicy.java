package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Creates a live batch's Job, then its pods as they fall due. A Job that somebody deletes is created again; the pods are
 * not its but the queue's, and run on. While {@code spec.suspend} is true, as Kueue or a person sets it, there is no new pod
 * and those that have not ended are stopped: the contract of batch/v1. An attempt whose pod is gone is counted in the record
 * before the next begins, so that nobody gives that number twice. What is left over of a pod when its worker has ended is
 * stopped too, and how the attempt ended is read when nothing of it runs any more.
 */
final class PodPolicy {
    private PodPolicy() {}

    /** A namespace that is being deleted begins with its pods, and soon nobody may ask any more what is going on. */
    private static boolean isTakenAway(PodView pod) {
        return pod.leaving() && !pod.isSuspended();
    }

    static void plan(QueueSpec spec, Situation now, Judged judged, Planner plan) {
        Batch batch = judged.batch();
        List<PodView> waiting = judged.items().stream()
                .map(StartTimeoutPolicy::waiting)
                .filter(Objects::nonNull)
                .toList();
        waiting.stream().filter(PodView::leftOver).forEach(pod -> plan.add(new Action.StopPod(pod)));
        if (waiting.stream().anyMatch(PodPolicy::isTakenAway)) {
            plan.add(new Action.Probe());
        }
        if (batch.job() == null) {
            if (!judged.isComplete()) {
                plan.add(new Action.StartJob(batch.record()));
            }
            return;
        }
        for (int i = 0; i < judged.items().size(); i++) {
            Progress progress = judged.items().get(i);
            PodView pod = StartTimeoutPolicy.waiting(progress);
            if (pod != null && batch.job().suspended()) {
                if (!pod.isSuspended() && !pod.leftOver()) {
                    plan.add(new Action.StopPod(pod));
                }
            } else if (pod != null) {
                Instant expiry = StartTimeoutPolicy.expiry(spec, pod, now.since());
                plan.wakeAt(expiry);
                if (!expiry.isAfter(plan.now())) {
                    plan.add(new Action.Look(pod));
                }
            } else if (progress instanceof Progress.Due due
                    && !batch.job().suspended()
                    && !OutcomePolicy.hasLost(
                            batch.record().entries().get(i), batch.pods().get(i))) {
                if (due.at().isAfter(plan.now())) {
                    plan.wakeAt(due.at());
                } else {
                    plan.add(new Action.StartPod(batch.record(), i, due.attempt()));
                }
            }
        }
    }
}
