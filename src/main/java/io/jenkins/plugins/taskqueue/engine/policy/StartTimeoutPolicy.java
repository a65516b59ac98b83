package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;

/**
 * A pod that has its node and does not start, because of its image, a Secret or a volume, FAILS its item after the start
 * time-out. One that can't be scheduled waits as long as it takes: that is the cluster being full.
 */
final class StartTimeoutPolicy {
    private StartTimeoutPolicy() {}

    /** When the pod's wait is over; {@link Instant#MAX} for one that waits as long as it takes. */
    static Instant expiry(QueueSpec spec, PodView pod) {
        return pod.scheduled() == null ? Instant.MAX : pod.scheduled().plus(spec.startTimeout());
    }

    static Progress apply(QueueSpec spec, Progress progress, int attempts, Instant now) {
        if (progress instanceof Progress.Waiting waiting
                && !expiry(spec, waiting.pod()).isAfter(now)) {
            PodView pod = waiting.pod();
            String reason = pod.reason().isEmpty() ? "StartTimeout" : pod.reason();
            String message = "The worker did not start within "
                    + spec.startTimeout().toSeconds() + " s of being scheduled (--start-timeout). " + pod.message();
            Outcome failed = new Outcome(ItemState.FAILED, reason, message.trim(), attempts, null, now, "", "", false);
            return new Progress.Ended(failed, pod, true);
        }
        return progress;
    }
}
