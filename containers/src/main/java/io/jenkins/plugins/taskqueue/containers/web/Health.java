package io.jenkins.plugins.taskqueue.containers.web;

/**
 * How the manager is.
 *
 * @param alive its loop goes round; where it does not, a restart helps
 * @param ready it has observed the cluster and seen a listing
 * @param sentence why it is not; may be empty
 */
public record Health(boolean alive, boolean ready, String sentence) {}
