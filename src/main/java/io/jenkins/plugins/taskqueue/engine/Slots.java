package io.jenkins.plugins.taskqueue.engine;

/**
 * The most items of a queue that are started and have not ended, or may be started with what its manager was allowed so
 * far. A lower parallelism counts only when a pass has seen it and no claim from before it is under way. Thread-safe.
 */
final class Slots {
    private int allowed;
    private int most;
    private boolean known;

    Slots(int parallelism) {
        allow(parallelism);
    }

    /** To be told before a pass can decide with it. */
    synchronized void allow(int parallelism) {
        allowed = parallelism;
        most = Math.max(most, parallelism);
    }

    /**
     * What a pass saw.
     *
     * @param taken by items of live batches
     * @param claiming whether a claim was under way when it began
     * @param parallelism the one that it decided with
     */
    synchronized void seen(int taken, boolean claiming, int parallelism) {
        int now = Math.max(taken, Math.max(parallelism, allowed));
        most = claiming ? Math.max(most, now) : now;
        known = true;
    }

    /** -1 before the first pass: what an earlier manager has left running is not known yet. */
    synchronized int most() {
        return known ? most : -1;
    }
}
