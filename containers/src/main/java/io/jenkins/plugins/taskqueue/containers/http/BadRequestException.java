package io.jenkins.plugins.taskqueue.containers.http;

/** What arrives is no request that this server reads; nothing that comes behind it can be trusted either. */
final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    BadRequestException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    Answer answer() {
        return Answer.text(status, getMessage());
    }
}
