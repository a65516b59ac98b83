package io.jenkins.plugins.taskqueue.engine.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * Keeps a long batch's Job status true, at the price of one write in ten seconds at most. The end of a batch is told
 * when it is cleared away, where Kueue waits for it.
 */
final class ReportPolicy {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private ReportPolicy() {}

    static void plan(Situation now, Judged judged, Planner plan) {
        Batch batch = judged.batch();
        if (batch.job() == null || judged.isComplete()) {
            return;
        }
        String digest = digest(judged);
        Underway.Report last = now.underway().reports().get(batch.number());
        Instant since = last == null ? now.since().of(batch) : last.at();
        if (last != null && last.digest().equals(digest)) {
            return;
        }
        if (since.plus(INTERVAL).isAfter(plan.now())) {
            plan.wakeAt(since.plus(INTERVAL));
        } else {
            plan.add(new Action.Report(batch.record(), batch.allPods(), digest));
        }
    }

    private static String digest(Judged judged) {
        String suspended = judged.batch().job().suspended() ? "suspended " : "";
        return judged.items().stream()
                .map(progress -> progress.getClass().getSimpleName())
                .collect(Collectors.joining(" ", suspended, ""));
    }
}
