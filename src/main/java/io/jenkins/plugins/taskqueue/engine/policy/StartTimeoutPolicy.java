package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;

/**
 * A pod that has its node and does not start, because of its image, a Secret or a volume, FAILS its item after the start
 * time-out; so does one whose next stage does not start. One that can't be scheduled waits as long as it takes: that is the cluster being full.
 */
final class StartTimeoutPolicy {
    private StartTimeoutPolicy() {}

    /** When the pod's wait is over; {@link Instant#MAX} for one that waits as long as it takes. */
    static Instant expiry(QueueSpec spec, PodView pod, Since since) {
        return pod.waitsSince() == null ? Instant.MAX : since.of(pod).plus(spec.startTimeout());
    }

    /** Not without a fresh read: what was seen last may be old, and the worker run since. */
    private static boolean isOver(QueueSpec spec, PodView pod, Situation situation, Instant now) {
        Instant expiry = expiry(spec, pod, situation.since());
        Instant read = situation.underway().looks().getOrDefault(pod.name(), Instant.MIN);
        return !expiry.isAfter(now) && !expiry.isAfter(read);
    }

    static Progress apply(QueueSpec spec, Situation situation, Progress progress, Instant now) {
        PodView pod = waiting(progress);
        if (pod != null && isOver(spec, pod, situation, now)) {
            String reason = pod.reason().isEmpty() ? "StartTimeout" : pod.reason();
            boolean between = progress instanceof Progress.Running;
            String message =
                    (between ? "The next stage" : "The worker") + " did not start within its start time-out of "
                            + spec.startTimeout().toSeconds() + " s. " + pod.message();
            Outcome failed = new Outcome(
                    ItemState.FAILED,
                    reason,
                    message.trim(),
                    pod.attempt() + 1,
                    pod.started(),
                    situation.time(),
                    "",
                    "",
                    false);
            return new Progress.Ended(failed, pod, true);
        }
        return progress;
    }

    /** The pod that waits, or may: one that runs waits between two of its stages. */
    static PodView waiting(Progress progress) {
        if (progress instanceof Progress.Running running) {
            return running.pod();
        }
        return progress instanceof Progress.Waiting waiting ? waiting.pod() : null;
    }
}
