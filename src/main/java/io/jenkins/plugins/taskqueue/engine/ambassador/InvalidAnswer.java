package io.jenkins.plugins.taskqueue.engine.ambassador;

import java.io.IOException;

/** The answer is not what the API says. The message is the fact, such as "no JSON", and completes a sentence. */
final class InvalidAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    InvalidAnswer(String fact) {
        super(fact);
    }
}
