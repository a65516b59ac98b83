package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a pod had been told to end when its worker ended, or may have been: the times of the API server and of the node
 * are in seconds, and one second is no proof.
 *
 * @param asked when its deletion was first asked for; null where nobody did, or that is lost
 * @param endedFirst whether its end was seen while nobody had told it to
 */
record ToldToEnd(Instant asked, boolean endedFirst) {
    /** So soon after the end of all containers the kubelet deletes the pod once more. */
    private static final Duration LAST_WORD = Duration.ofSeconds(30);

    static final ToldToEnd NEVER = new ToldToEnd(null, false);

    /**
     * What this sighting adds to the earlier ones. The deletion with which the kubelet says that all has ended overwrites
     * when the first was asked for.
     */
    ToldToEnd after(PodFacts pod) {
        boolean says = pod.isDeleting() && pod.grace() > 0;
        Instant now = says ? pod.deletion().minusSeconds(pod.grace()) : null;
        Instant first = asked == null || now != null && now.isBefore(asked) ? now : asked;
        boolean ended = pod.knownEnd() != null || pod.isPhase("Succeeded");
        boolean alone =
                pod.isDeleting() ? isReportedFirst(pod) : pod.disruption().isEmpty();
        return new ToldToEnd(first, endedFirst || ended && alone);
    }

    /** The kubelet reported the end in a status that knows nothing of the deletion: that order needs no clock. */
    private static boolean isReportedFirst(PodFacts pod) {
        return pod.observedGeneration() != null
                && pod.generation() != null
                && pod.observedGeneration() < pod.generation();
    }

    /** @param pod the sighting that was added last */
    boolean before(PodFacts pod) {
        if (pod.isDisruptedBy("TerminationByKubelet") || pod.isEndedByNode()) {
            return true; // both are written only when all has ended
        }
        if (endedFirst || pod.isMarked(Keys.ENDED)) {
            return false;
        }
        ContainerEnd end = pod.knownEnd();
        Instant at = end == null ? null : end.at();
        return pod.disruption()
                        .filter(one -> isNotBefore(at, PodFacts.time(one.getLastTransitionTime())))
                        .isPresent()
                || pod.isDeleting() && isDeletedBefore(pod, end, at);
    }

    private boolean isDeletedBefore(PodFacts pod, ContainerEnd end, Instant at) {
        if (at == null) {
            return asked != null || !pod.isPhase("Succeeded");
        }
        if (asked != null) {
            return isNotBefore(at, asked);
        }
        // Deleted after its end, or the kubelet's last word, or by force
        boolean soon = !pod.lastEnd().plus(LAST_WORD).isBefore(pod.deletion());
        return !at.isBefore(pod.deletion()) || end.isStopped() || end.code() == 0 && soon;
    }

    static boolean isNotBefore(Instant at, Instant asked) {
        return at == null || asked == null || !at.isBefore(asked);
    }
}
