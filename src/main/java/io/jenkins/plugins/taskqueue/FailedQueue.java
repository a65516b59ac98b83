package io.jenkins.plugins.taskqueue;

import java.util.List;
import jenkins.model.CauseOfInterruption;

/** Why a step failed: its queue did. */
public final class FailedQueue extends CauseOfInterruption {
    static final String FAILURE = "FAILURE";
    static final String UNSTABLE = "UNSTABLE";

    private static final long serialVersionUID = 1L;

    private final String sentence;

    FailedQueue(String sentence) {
        this.sentence = sentence;
    }

    /** @throws IllegalArgumentException where it is not what a failed queue may make of a build */
    static void check(String onFailure) {
        if (!List.of(FAILURE, UNSTABLE).contains(onFailure)) {
            throw new IllegalArgumentException("onFailure is \"" + onFailure + "\": give 'FAILURE' or 'UNSTABLE'.");
        }
    }

    @Override
    public String getShortDescription() {
        return sentence;
    }
}
