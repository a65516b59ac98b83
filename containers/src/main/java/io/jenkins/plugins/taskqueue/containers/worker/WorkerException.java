package io.jenkins.plugins.taskqueue.containers.worker;

/** The item can't be done. The message is a sentence for the user. */
final class WorkerException extends Exception {
    private static final long serialVersionUID = 1L;

    WorkerException(String sentence) {
        super(sentence);
    }

    WorkerException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
