package io.jenkins.plugins.taskqueue.containers.check;

import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;

/**
 * The ambassador that is being checked, after its listing was read.
 *
 * @param queue how a queue asks it, whose sentences are those that a queue would show
 */
record Subject(Probe probe, HttpSource queue, Walk walk) {

    boolean lists(String name) throws InterruptedException {
        return Walk.of(probe, "").names().contains(name);
    }
}
