package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.Backoff;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Says how an item stands after its attempts so far. A pod that failed by itself uses up one of {@code retries}; one
 * that the cluster took away uses up one of {@code disruptionRetries}; one that was stopped with its suspended Job uses
 * up nothing. The next attempt starts only when every pod
 * before it is terminal or gone.
 */
final class AttemptPolicy {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 0.2);

    private AttemptPolicy() {}

    /** @param pods the item's attempts by ascending number */
    static Progress judge(QueueSpec spec, Entry entry, List<PodView> pods, Since since) {
        if (!entry.isLive() && !succeededAfterAll(entry, pods)) {
            return new Progress.Recorded(entry.outcome());
        }
        for (PodView pod : pods) {
            if (pod.phase() == PodView.Phase.SUCCEEDED) {
                return new Progress.Ended(outcome(ItemState.SUCCEEDED, pod), pod, false);
            }
        }
        for (PodView pod : pods) {
            if (!pod.isTerminal()) {
                return pod.phase() == PodView.Phase.RUNNING ? new Progress.Running(pod) : new Progress.Waiting(pod);
            }
        }
        if (pods.isEmpty()) {
            return new Progress.Due(0, Instant.MIN, null);
        }
        PodView last = pods.get(pods.size() - 1);
        if (last.isSuspended()) {
            return new Progress.Due(last.attempt() + 1, Instant.MIN, last);
        }
        int sameCause = (int) pods.stream()
                .filter(pod -> !pod.isSuspended() && pod.disrupted() == last.disrupted())
                .count();
        int budget = last.disrupted() ? spec.disruptionRetries() : spec.retries();
        if (sameCause > budget) {
            return new Progress.Ended(outcome(ItemState.FAILED, last), last, false);
        }
        Duration delay = BACKOFF.delay(sameCause, last.name().hashCode());
        return new Progress.Due(last.attempt() + 1, since.of(last).plus(delay), last);
    }

    /**
     * A run may be stopped while a success is on its way to be seen. It counts until the pod is let go; what exits with 0
     * after that was told to end.
     */
    private static boolean succeededAfterAll(Entry entry, List<PodView> pods) {
        return entry.outcome().state() != ItemState.SUCCEEDED
                && pods.stream().anyMatch(pod -> pod.phase() == PodView.Phase.SUCCEEDED && pod.tracked());
    }

    private static Outcome outcome(ItemState state, PodView pod) {
        String reason = state == ItemState.SUCCEEDED ? "" : pod.reason();
        String message = state == ItemState.SUCCEEDED ? "" : pod.message();
        return new Outcome(state, reason, message, pod.attempt() + 1, pod.started(), end(pod), pod.result(), "", false);
    }

    private static Instant end(PodView pod) {
        return pod.ended() != null ? pod.ended() : pod.created();
    }
}
