package io.jenkins.plugins.taskqueue.containers.ambassador;

/** A store gave no answer. The message is a sentence for whoever asked. */
public final class ItemsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private ItemsException(int status, String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = status;
    }

    /** The store can't be read now. */
    public static ItemsException unavailable(String sentence, Throwable cause) {
        return new ItemsException(503, sentence, cause);
    }

    /** The request can't be answered, such as one with a token that is none. */
    public static ItemsException badRequest(String sentence) {
        return new ItemsException(400, sentence, null);
    }

    /** There is no such item, and there never will be: it was done before, for instance. */
    public static ItemsException unknown(String sentence) {
        return new ItemsException(404, sentence, null);
    }

    /** The HTTP status that says the same. */
    int status() {
        return status;
    }
}
