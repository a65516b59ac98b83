package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Clears batches away once their records have every outcome, and not before. Several go with the writes of one, so while
 * others are live the ended ones are gathered for a moment.
 */
final class FinishPolicy {
    static final Duration GATHER = Duration.ofSeconds(4);
    /** So many go together without waiting for more. */
    static final int ENOUGH = 10;

    private FinishPolicy() {}

    static void plan(Situation now, List<Judged> batches, Stop stop, Planner plan) {
        List<Batch> written =
                batches.stream().filter(Judged::isWritten).map(Judged::batch).toList();
        boolean due = written.size() >= ENOUGH || written.size() == batches.size() || stop.isStopped();
        // One that has waited its time takes the others along.
        for (Batch batch : written) {
            Instant gathered = now.since().of(batch).plus(GATHER);
            due |= !gathered.isAfter(plan.now());
            plan.wakeAt(gathered);
        }
        for (Batch batch : written) {
            if (due || hasUnendedPod(batch)) {
                finish(batch, plan);
            }
        }
    }

    private static void finish(Batch batch, Planner plan) {
        plan.add(new Action.Finish(batch.record(), batch.allPods(), batch.job() != null, isAwaited(batch.job())));
    }

    /** Whether Kueue waits for the Job's end; whoever else looks sees that it is gone. */
    private static boolean isAwaited(JobView job) {
        return job != null && !job.kueueQueue().isEmpty() && !job.finished();
    }

    /** What still runs of it is to be stopped. */
    private static boolean hasUnendedPod(Batch batch) {
        return batch.allPods().stream().anyMatch(pod -> !pod.isTerminal());
    }
}
