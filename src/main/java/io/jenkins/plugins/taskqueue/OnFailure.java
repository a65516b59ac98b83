package io.jenkins.plugins.taskqueue;

import hudson.model.Result;
import java.util.Arrays;

/** What a failed queue makes of its build. */
enum OnFailure {
    FAILURE(Result.FAILURE),
    UNSTABLE(Result.UNSTABLE);

    private final Result result;

    OnFailure(Result result) {
        this.result = result;
    }

    Result result() {
        return result;
    }

    /** @throws IllegalArgumentException with a sentence, where it is none of these */
    static OnFailure of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("onFailure is \"" + name + "\": give 'FAILURE' or 'UNSTABLE'."));
    }
}
