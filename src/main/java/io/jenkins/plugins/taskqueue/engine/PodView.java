package io.jenkins.plugins.taskqueue.engine;

import java.time.Instant;

/**
 * What the loop needs to know of one attempt.
 *
 * @param batch number of its batch
 * @param index completion index of its item
 * @param attempt from 0
 * @param name the pod's name, unique in the queue
 * @param phase its phase; only a terminal one ends the attempt
 * @param disrupted of a terminal pod: the cluster took it away (disruption, eviction, preemption, lost node, deleted
 *     from outside), it did not fail by itself
 * @param tracked whether our finalizer still holds it
 * @param leaving whether somebody has asked for its deletion
 * @param waitsSince since when it waits, with its node in hand, for its (next) container to start; null before it has a
 *     node and while its worker runs
 * @param created when it was created
 * @param started when the worker's (first) container started; null before
 * @param ended when it ended; null before
 * @param reason one word: why it waits ({@code ImagePullBackOff}, {@code Unschedulable}), or how it failed
 *     ({@code ExitCode}, {@code OOMKilled}, {@code DeadlineExceeded}, {@code Evicted}, {@code Deleted}); may be empty
 * @param message the sentence to it, the stage that runs, or of one that succeeded what went wrong beside; may be empty
 * @param result the termination message, may be empty
 * @param leftOver whether its worker has ended, and only other containers that nobody has told to end keep the pod from
 *     its end
 */
public record PodView(
        int batch,
        int index,
        int attempt,
        String name,
        Phase phase,
        boolean disrupted,
        boolean tracked,
        boolean leaving,
        Instant created,
        Instant waitsSince,
        Instant started,
        Instant ended,
        String reason,
        String message,
        String result,
        boolean leftOver) {

    /** Reason of a pod that was stopped because its Job is suspended, and of one that is being stopped for that. */
    public static final String SUSPENDED = "Suspended";

    /** GONE: the object is no more, and a fresh read said so. */
    public enum Phase {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        GONE
    }

    public PodView with(Phase newPhase, boolean nowDisrupted, Instant newEnded, String newReason, String newMessage) {
        return new PodView(
                batch,
                index,
                attempt,
                name,
                newPhase,
                nowDisrupted,
                tracked,
                leaving,
                created,
                waitsSince,
                started,
                newEnded,
                newReason,
                newMessage,
                result,
                leftOver);
    }

    public PodView held(boolean nowTracked, boolean nowLeaving) {
        return new PodView(
                batch,
                index,
                attempt,
                name,
                phase,
                disrupted,
                nowTracked,
                nowLeaving,
                created,
                waitsSince,
                started,
                ended,
                reason,
                message,
                result,
                leftOver);
    }

    public boolean isSuspended() {
        return reason.equals(SUSPENDED);
    }

    public boolean isTerminal() {
        return phase == Phase.SUCCEEDED || phase == Phase.FAILED || phase == Phase.GONE;
    }
}
