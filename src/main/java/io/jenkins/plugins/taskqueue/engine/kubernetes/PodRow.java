package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.PodView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a pod.
 *
 * @param view what the loop sees
 * @param logs the containers whose logs tell how it went and why it ended
 * @param gone whether the object is no more
 */
record PodRow(PodView view, List<PodLog.Part> logs, boolean gone) {

    /** Empty when the pod does not say which attempt it is: then it is none of ours. */
    static Optional<PodRow> of(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        try {
            int batch = Integer.parseInt(labels.getOrDefault(Keys.BATCH, ""));
            int index = Integer.parseInt(labels.getOrDefault(Keys.COMPLETION_INDEX, ""));
            int attempt = Integer.parseInt(labels.getOrDefault(Keys.ATTEMPT, ""));
            return Optional.of(new PodReading(pod).row(batch, index, attempt));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * This reading of a pod of which an earlier one is known. Why it failed is told best by what was seen first: later
     * the object no longer tells whether its deletion was asked for before it had ended.
     */
    PodRow after(PodRow earlier) {
        PodView v = view;
        PodView e = earlier.view;
        if (v.phase() != PodView.Phase.FAILED || e.phase() != v.phase()) {
            return this;
        }
        return new PodRow(
                new PodView(
                        v.batch(),
                        v.index(),
                        v.attempt(),
                        v.name(),
                        v.phase(),
                        e.disrupted(),
                        v.tracked(),
                        v.leaving(),
                        v.created(),
                        v.waitsSince(),
                        v.started(),
                        v.ended(),
                        e.reason(),
                        e.message(),
                        v.result()),
                earlier.logs,
                gone);
    }

    /** The object has vanished: a terminal state stays, any other means that somebody deleted the pod. */
    PodRow vanished(Instant now) {
        PodView v = view;
        boolean ended = v.isTerminal();
        boolean explained = ended || v.isSuspended();
        return new PodRow(
                new PodView(
                        v.batch(),
                        v.index(),
                        v.attempt(),
                        v.name(),
                        ended ? v.phase() : PodView.Phase.GONE,
                        !ended || v.disrupted(),
                        false,
                        v.leaving(),
                        v.created(),
                        v.waitsSince(),
                        v.started(),
                        ended && v.ended() != null ? v.ended() : now,
                        explained ? v.reason() : "Deleted",
                        explained ? v.message() : "The pod was deleted from outside before it had ended.",
                        v.result()),
                logs,
                true);
    }
}
