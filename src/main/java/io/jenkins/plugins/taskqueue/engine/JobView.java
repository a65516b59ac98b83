package io.jenkins.plugins.taskqueue.engine;

/**
 * What the loop needs to know of a batch's Job.
 *
 * @param suspended {@code spec.suspend}: no pod while it is true
 * @param kueueQueue the queue of Kueue that admits it, which its label names; empty where none does
 * @param finished whether its status has a terminal condition
 */
public record JobView(int batch, String name, String uid, boolean suspended, String kueueQueue, boolean finished) {

    /** What an item of it waits for while it is suspended. */
    public String suspension() {
        return kueueQueue.isEmpty()
                ? "The Job " + name + " is suspended: nothing of it runs until somebody sets its spec.suspend to false."
                : "The Job " + name + " waits for Kueue's queue \"" + kueueQueue + "\" to admit it.";
    }
}
