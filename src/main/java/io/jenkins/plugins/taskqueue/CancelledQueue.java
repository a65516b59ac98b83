package io.jenkins.plugins.taskqueue;

import jenkins.model.CauseOfInterruption;

/** Why a build was aborted: its queue was cancelled, and not by an abort of the build. */
public final class CancelledQueue extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String queue;

    CancelledQueue(String queue) {
        this.queue = queue;
    }

    @Override
    public String getShortDescription() {
        return Messages.CancelledQueue_description(queue);
    }
}
