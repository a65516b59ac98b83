package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Counts;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.Optional;

/**
 * How a queue of a build ended.
 *
 * @param queue the queue, for people
 * @param status the last that was seen of it
 * @param failure why it could not go on, for the user; empty where it came to its end
 * @param cancelled whether it was asked to stop
 */
record QueueEnd(String queue, Status status, Optional<String> failure, boolean cancelled) {

    Status.Phase phase() {
        if (failure.isEmpty() && status.phase().isEnd()) {
            return status.phase();
        }
        return cancelled ? Status.Phase.CANCELLED : Status.Phase.FAILED;
    }

    /** Whether the build is to be unstable though the queue succeeded: items failed, or were cancelled, and that is tolerated. */
    boolean isUnstable(TaskQueueStep step) {
        boolean tolerated = status.count(ItemState.FAILED) + status.count(ItemState.CANCELLED) > 0;
        return phase() == Status.Phase.SUCCEEDED && tolerated && step.isUnstableIfTolerated();
    }

    String sentence() {
        if (failure.isPresent()) {
            return failure.get();
        }
        boolean well = phase() == Status.Phase.SUCCEEDED || status.sentence().isEmpty();
        String counts = Messages.QueueEnd_counts(queue, Counts.all(status));
        return well ? counts : counts + " " + status.sentence();
    }
}
