package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.FailureLimit;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.scaling.ScalingSpec;
import io.jenkins.plugins.taskqueue.engine.status.Spans;
import java.time.Duration;

/** What a step's settings mean to the engine. All methods but {@link #check} throw {@link IllegalArgumentException} with a
 * sentence. */
final class StepSpec {
    private StepSpec() {}

    /**
     * @param request names the queue, and how many of its items run at once: a person may have changed that
     * @param poll how often the source is asked
     */
    static QueueSpec of(TaskQueueStep step, QueueRequest request, Duration poll) {
        OnFailure.of(step.getOnFailure());
        if ((step.getSource() == null) == (step.getItems() == null)) {
            throw new IllegalArgumentException(
                    step.getSource() == null
                            ? "The items are missing: name a source with source, or give them with items."
                            : "Both source and items are given: give one of them.");
        }
        return QueueSpec.builder(request.getQueueName(), StepWorker.of(step))
                .named(request.isNamed())
                .scaling(scaling(step))
                .parallelism(request.getParallelism())
                .retries(step.getRetries())
                .timeout(span(step.getTimeout(), null))
                .failures(failures(step.getMaxFailures()))
                .batchItems(step.getBatch())
                .kueueQueue(Util.fixNull(step.getKueue()))
                .poll(poll)
                .keepRunning(span(step.getKeepRunning(), Duration.ZERO))
                .logs(true)
                .build();
    }

    private static ScalingSpec scaling(TaskQueueStep step) {
        Duration drainWithin = span(step.getDrainWithin(), null);
        Integer most = step.getMaxParallelism();
        if (most == null) {
            if (drainWithin != null) {
                throw new IllegalArgumentException(
                        "drainWithin is of use with maxParallelism only: say how far the parallelism may rise.");
            }
            return null;
        }
        return new ScalingSpec(step.getParallelism(), most, step.getUtilization(), drainWithin, ScalingSpec.WINDOW);
    }

    /** Before the step begins, so that what is wrong with its settings is told at once. */
    static void check(TaskQueueStep step, Run<?, ?> run, long nowMillis) throws AbortException {
        try {
            of(step, new QueueRequest("1", step, run, nowMillis), Duration.ZERO);
        } catch (IllegalArgumentException e) {
            throw (AbortException) new AbortException(e.getMessage()).initCause(e);
        }
    }

    private static Duration span(String text, Duration otherwise) {
        return text == null ? otherwise : Spans.parse(text);
    }

    static FailureLimit failures(Object limit) {
        return limit == null ? FailureLimit.NEVER : FailureLimit.parse(limit.toString());
    }
}
