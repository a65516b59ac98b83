package io.jenkins.plugins.taskqueue.engine.kubernetes;

/**
 * Why a pod waits or failed.
 *
 * @param reason one word, may be empty
 * @param message the sentence to it, may be empty
 * @param disrupted whether the cluster took the pod away
 * @param container the container that it is about
 */
record PodCause(String reason, String message, boolean disrupted, String container) {
    static final PodCause NONE = waiting("", "");

    static PodCause waiting(String reason, String message) {
        return new PodCause(reason, message == null ? "" : message, false, UserPod.WORKER);
    }

    static PodCause failed(String reason, String message, String container) {
        return new PodCause(reason, message == null ? "" : message, false, container);
    }

    static PodCause takenAway(String reason, String message) {
        return new PodCause(reason, message == null ? "" : message, true, UserPod.WORKER);
    }
}
