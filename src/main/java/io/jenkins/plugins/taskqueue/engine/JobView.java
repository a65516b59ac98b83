package io.jenkins.plugins.taskqueue.engine;

/**
 * What the loop needs to know of a batch's Job.
 *
 * @param suspended {@code spec.suspend}: no new pod while it is true
 * @param finished whether its status has a terminal condition
 * @param deleting whether somebody has asked for its deletion
 */
public record JobView(int batch, String name, String uid, boolean suspended, boolean finished, boolean deleting) {}
