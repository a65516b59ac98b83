package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deletes what ended batches have left of one kind, one request after the other: batches that are to go while a request is
 * on its way go together with the next. So many small batches that end at once cost one write together. Thread-safe.
 */
final class BatchDeletions {
    private final Request request;
    private final Pause pause;
    private final ReentrantLock turn = new ReentrantLock(true);
    private Round gathering = new Round();

    /** @param pause a moment for those that end together to come together, before each request */
    BatchDeletions(Request request, Pause pause) {
        this.request = request;
        this.pause = pause;
    }

    /** Lets a moment pass. */
    interface Pause {
        void pass() throws InterruptedException;
    }

    /** One request to the API server. */
    interface Request {
        void delete(Set<Integer> batches) throws ClusterException, InterruptedException;
    }

    /** Returns when what the batch left has been deleted, or was not there. */
    void delete(int batch) throws ClusterException, InterruptedException {
        Round round = join(batch);
        turn.lockInterruptibly();
        try {
            if (!round.over) {
                pause.pass();
                close(round);
                carryOut(round);
            }
        } finally {
            turn.unlock();
        }
        if (round.failure != null) {
            throw round.failure;
        }
    }

    private synchronized Round join(int batch) {
        gathering.batches.add(batch);
        return gathering;
    }

    /** How many go with the next request. */
    synchronized int gathered() {
        return gathering.batches.size();
    }

    private synchronized void close(Round round) {
        if (gathering == round) {
            gathering = new Round();
        }
    }

    private void carryOut(Round round) throws InterruptedException {
        try {
            request.delete(round.batches);
        } catch (ClusterException e) {
            round.failure = e;
        }
        round.over = true;
    }

    /** Batches that go together; all but the gathering are written by whose turn it is. */
    private static final class Round {
        private final Set<Integer> batches = new HashSet<>();
        private boolean over;
        private ClusterException failure;
    }
}
