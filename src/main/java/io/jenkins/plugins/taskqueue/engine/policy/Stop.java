package io.jenkins.plugins.taskqueue.engine.policy;

/**
 * Why a run, or one item, is stopped.
 *
 * @param reason one word, which the cancelled items get
 * @param sentence what happened; empty with {@link #NO}
 */
public record Stop(String reason, String sentence) {
    /** Nobody stops it. */
    public static final Stop NO = new Stop("", "");

    public static final Stop ABORT = new Stop("Aborted", "The run was aborted.");

    /** Of one item, the run goes on. */
    public static final Stop ITEM = new Stop("ByHand", "A person cancelled the item.");

    public boolean isStopped() {
        return !reason.isEmpty();
    }
}
