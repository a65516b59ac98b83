package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is kept of a pod.
 *
 * @param view what the loop sees
 * @param logs the containers whose logs tell how it went and why it ended
 * @param gone whether the object is no more
 * @param told when it was told to end
 * @param asks whether it waits and does not say why, so that its events may
 * @param cause what they say; null before
 */
record PodRow(PodView view, List<PodLog.Part> logs, boolean gone, ToldToEnd told, boolean asks, PodCause cause) {

    static Optional<PodRow> of(Pod pod) {
        return of(pod, null);
    }

    /**
     * Empty when the pod does not say which attempt it is: then it is none of ours.
     *
     * @param earlier what was read of the same pod before; null for nothing
     */
    static Optional<PodRow> of(Pod pod, PodRow earlier) {
        Map<String, String> labels =
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        try {
            int batch = Integer.parseInt(labels.getOrDefault(Keys.BATCH, ""));
            int index = Integer.parseInt(labels.getOrDefault(Keys.COMPLETION_INDEX, ""));
            int attempt = Integer.parseInt(labels.getOrDefault(Keys.ATTEMPT, ""));
            ToldToEnd told = earlier == null ? ToldToEnd.NEVER : earlier.told;
            PodRow row = PodReading.of(pod, told).row(batch, index, attempt);
            return Optional.of(earlier == null ? row : row.after(earlier));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An end stays as it was seen first: later the object may tell less of it. */
    private PodRow after(PodRow earlier) {
        PodView e = earlier.view;
        if (e.isTerminal()) {
            PodView same = e.held(view.tracked(), view.leaving());
            return new PodRow(same, earlier.logs, false, told, false, null);
        }
        return earlier.cause == null ? this : because(earlier.cause);
    }

    /** The same with what its events say, if it does not say itself what it waits for. */
    PodRow because(PodCause why) {
        if (!asks || why.equals(cause)) {
            return this;
        }
        PodView v = view;
        String reason = why.reason().isEmpty() ? v.reason() : why.reason();
        PodView told = v.with(v.phase(), v.disrupted(), v.ended(), reason, why.message());
        return new PodRow(told, logs, gone, this.told, true, why);
    }

    /** The object has vanished: a terminal state stays, any other means that somebody deleted the pod. */
    PodRow vanished(Instant now) {
        PodView v = view;
        Instant ended = v.ended() != null ? v.ended() : now;
        boolean isExplained = v.isTerminal() || v.isSuspended();
        String reason = isExplained ? v.reason() : "Deleted";
        String message = isExplained ? v.message() : PodWords.DELETED;
        PodView last = v.isTerminal()
                ? v.with(v.phase(), v.disrupted(), ended, reason, message)
                : v.with(Phase.GONE, true, ended, reason, message);
        return new PodRow(last.held(false, v.leaving()), logs, true, told, false, null);
    }
}
