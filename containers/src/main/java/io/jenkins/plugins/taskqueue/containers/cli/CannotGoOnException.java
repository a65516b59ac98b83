package io.jenkins.plugins.taskqueue.containers.cli;

/** A command can't go on, exit code 3. The message is a sentence for the user. */
final class CannotGoOnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotGoOnException(String sentence) {
        super(sentence);
    }

    CannotGoOnException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
