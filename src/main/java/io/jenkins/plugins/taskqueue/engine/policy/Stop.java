package io.jenkins.plugins.taskqueue.engine.policy;

/**
 * Why a run is stopped.
 *
 * @param reason one word, which the cancelled items get
 * @param sentence what happened; empty with {@link #NO}
 */
public record Stop(String reason, String sentence) {
    /** Nobody stops it. */
    public static final Stop NO = new Stop("", "");

    public static final Stop ABORT = new Stop("Aborted", "The run was aborted.");

    public boolean isStopped() {
        return !reason.isEmpty();
    }
}
