package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.time.Instant;

/** Pods in each condition that a test needs. */
public final class FakePods {
    private FakePods() {}

    public static PodView pending(int batch, int index, int attempt, String name, Instant created) {
        return new PodView(
                batch,
                index,
                attempt,
                name,
                Phase.PENDING,
                false,
                true,
                false,
                created,
                null,
                null,
                null,
                "",
                "",
                "",
                false);
    }

    public static PodView waiting(PodView pod, Instant waitsSince, String reason) {
        return with(pod, Phase.PENDING, false, waitsSince, null, null, reason, "It waits: " + reason, "");
    }

    public static PodView running(PodView pod, Instant started) {
        return with(pod, Phase.RUNNING, false, null, started, null, "", "", "");
    }

    /** One whose next stage waits since the end of the one before it. */
    public static PodView betweenStages(PodView pod, Instant waitsSince, String reason) {
        return with(pod, Phase.RUNNING, false, waitsSince, pod.started(), null, reason, "It waits: " + reason, "");
    }

    /** One that was told to end because its Job is suspended. */
    public static PodView stopping(PodView pod) {
        return with(
                pod, pod.phase(), false, pod.waitsSince(), pod.started(), null, PodView.SUSPENDED, "Its Job is.", "");
    }

    /** One whose worker has ended while other containers go on. */
    public static PodView leftOver(PodView p) {
        return new PodView(
                p.batch(),
                p.index(),
                p.attempt(),
                p.name(),
                p.phase(),
                false,
                p.tracked(),
                p.leaving(),
                p.created(),
                null,
                p.started(),
                null,
                "Ending",
                "what still runs: proxy",
                "result",
                true);
    }

    public static PodView succeeded(PodView pod, Instant ended, String result) {
        return with(pod, Phase.SUCCEEDED, false, pod.waitsSince(), pod.started(), ended, "", "", result);
    }

    public static PodView failed(PodView pod, Instant ended, String reason) {
        return with(pod, Phase.FAILED, false, pod.waitsSince(), pod.started(), ended, reason, "exit code 3", "");
    }

    public static PodView disrupted(PodView pod, Instant ended, String reason) {
        return with(pod, Phase.FAILED, true, pod.waitsSince(), pod.started(), ended, reason, "taken away", "");
    }

    public static PodView gone(PodView pod, Instant ended) {
        return with(pod, Phase.GONE, true, pod.waitsSince(), pod.started(), ended, "Deleted", "gone", "");
    }

    /** One that somebody wants gone. */
    public static PodView leaving(PodView pod) {
        return pod.held(pod.tracked(), true);
    }

    public static PodView untracked(PodView pod) {
        return pod.held(false, pod.leaving());
    }

    private static PodView with(
            PodView pod,
            Phase phase,
            boolean disrupted,
            Instant waitsSince,
            Instant started,
            Instant ended,
            String reason,
            String message,
            String result) {
        return new PodView(
                pod.batch(),
                pod.index(),
                pod.attempt(),
                pod.name(),
                phase,
                disrupted,
                pod.tracked(),
                pod.leaving(),
                pod.created(),
                waitsSince,
                started,
                ended,
                reason,
                message,
                result,
                false);
    }
}
