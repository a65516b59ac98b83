package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deletes the Jobs of ended batches, one request after the other: those that are to go while a request is on its way go
 * together with the next. So many small batches that end at once cost one write together. Thread-safe.
 */
final class JobDeletions {
    private final KubernetesApi api;
    private final ObjectNames names;
    private final ReentrantLock turn = new ReentrantLock(true);
    private Round gathering = new Round();

    JobDeletions(KubernetesApi api, ObjectNames names) {
        this.api = api;
        this.names = names;
    }

    /** Returns when the batch's Job has been deleted, or was not there. */
    void delete(int batch) throws ClusterException, InterruptedException {
        Round round = join(batch);
        turn.lockInterruptibly();
        try {
            if (!round.over) {
                close(round);
                request(round);
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

    private synchronized void close(Round round) {
        if (gathering == round) {
            gathering = new Round();
        }
    }

    private void request(Round round) throws InterruptedException {
        try {
            if (round.batches.size() == 1) {
                api.deleteJob(names.batch(round.batches.iterator().next()));
            } else {
                api.deleteJobs(names.labels(), round.batches);
            }
        } catch (ClusterException e) {
            round.failure = e;
        }
        round.over = true;
    }

    /** Batches whose Jobs go together; all but the gathering are written by whose turn it is. */
    private static final class Round {
        private final Set<Integer> batches = new HashSet<>();
        private boolean over;
        private ClusterException failure;
    }
}
