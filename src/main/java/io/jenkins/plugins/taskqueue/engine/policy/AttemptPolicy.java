package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.Backoff;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
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
        Attempts over = over(entry, pods);
        PodView last = pods.isEmpty() ? null : pods.get(pods.size() - 1);
        // What is counted has been judged: its item was to go on.
        if (last != null && last.attempt() > entry.attempts().last()) {
            int budget = last.disrupted() ? spec.disruptionRetries() : spec.retries();
            if (over.alike() > budget) {
                return new Progress.Ended(outcome(ItemState.FAILED, last), last, false);
            }
        }
        Duration delay = BACKOFF.delay(over.alike(), entry.name().hashCode());
        Instant at = delay.isZero() ? Instant.MIN : since.of(entry, over.last()).plus(delay);
        return new Progress.Due(over.last() + 1, at, over, last);
    }

    /** The attempts that are over, those that the record counts and those whose pods tell of it. */
    static Attempts over(Entry entry, List<PodView> pods) {
        Attempts over = entry.attempts();
        for (PodView pod : pods) {
            if (pod.isTerminal() && pod.attempt() > entry.attempts().last()) {
                String how = pod.reason() + (pod.message().isEmpty() ? "" : " (" + pod.message() + ")");
                over = pod.isSuspended()
                        ? over.stopped(pod.attempt(), how)
                        : pod.disrupted() ? over.disrupted(pod.attempt(), how) : over.failed(pod.attempt(), how);
            }
        }
        return over;
    }

    /** How many attempts were begun. */
    static int begun(Entry entry, List<PodView> pods) {
        return pods.stream().mapToInt(PodView::attempt).reduce(entry.attempts().last(), Math::max) + 1;
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
        return new Outcome(
                state, reason, pod.message(), pod.attempt() + 1, pod.started(), end(pod), pod.result(), "", false);
    }

    private static Instant end(PodView pod) {
        return pod.ended() != null ? pod.ended() : pod.created();
    }
}
