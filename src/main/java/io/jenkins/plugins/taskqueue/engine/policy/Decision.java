package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import java.time.Instant;
import java.util.List;

/** The decision: a pure function of what is wanted, what is so, and the steady time. Every rule is one of the policies here. */
public final class Decision {
    /** The most items that are claimed at once: their data is in memory, and nothing else is claimed meanwhile. */
    public static final int MOST_CLAIMED = 100;

    private Decision() {}

    public static Plan decide(QueueSpec spec, Situation situation, Instant now) {
        Planner plan = new Planner(now, situation.underway());
        List<Judged> judged = situation.batches().stream()
                .map(batch -> Judged.of(spec, batch, situation, now))
                .toList();
        Stop stop = stop(spec, situation, judged);
        List<Judged> batches = stop.isStopped()
                ? judged.stream()
                        .map(one -> one.stopped(stop, situation.time()))
                        .toList()
                : judged;
        if (situation.mayAct()) {
            int endedPods = (int) batches.stream()
                    .filter(one -> !one.batch().record().isEnded())
                    .flatMap(one -> one.batch().allPods().stream())
                    .filter(PodView::isTerminal)
                    .count();
            for (Judged one : batches) {
                if (!one.isWritten()) {
                    PodPolicy.plan(spec, situation, one, plan);
                    OutcomePolicy.plan(spec, situation, one, endedPods, plan);
                    OutcomePolicy.release(one, plan);
                    ReportPolicy.plan(situation, one, plan);
                }
            }
            if (!stop.isStopped() || !situation.run().settled()) {
                StartPolicy.plan(spec, situation, batches, plan);
            }
            situation.strays().plan(plan);
            FinishPolicy.plan(situation, batches, stop, plan);
            AcknowledgePolicy.plan(situation, batches, plan);
            MergePolicy.plan(situation, plan);
            ForgetPolicy.plan(situation, plan);
        }
        return plan.plan(stop, batches);
    }

    private static Stop stop(QueueSpec spec, Situation situation, List<Judged> judged) {
        if (situation.stop().isStopped()) {
            return situation.stop();
        }
        int unrecorded = judged.stream().mapToInt(Judged::unrecordedFailures).sum();
        return FailurePolicy.check(spec.failures(), situation.failed() + unrecorded, situation.items());
    }
}
