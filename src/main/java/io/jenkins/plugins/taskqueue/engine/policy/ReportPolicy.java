package io.jenkins.plugins.taskqueue.engine.policy;

import java.time.Duration;
import java.time.Instant;

/** Keeps a long batch's Job status true, at the price of one write in ten seconds at most. */
final class ReportPolicy {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private ReportPolicy() {}

    static void plan(Situation now, Judged judged, Planner plan) {
        Batch batch = judged.batch();
        if (batch.job() == null) {
            return;
        }
        String digest = digest(judged);
        Underway.Report last = now.underway().reports().get(batch.number());
        Instant since = last == null ? batch.record().created() : last.at();
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
        StringBuilder digest = new StringBuilder();
        for (Progress progress : judged.items()) {
            digest.append(progress.getClass().getSimpleName().charAt(0));
        }
        return digest.toString();
    }
}
