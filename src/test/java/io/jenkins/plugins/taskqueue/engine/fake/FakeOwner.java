package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Observed;

/** The owner object of a {@link FakeStore}'s queue: its lives and runs, who acts, and the numbers of its batches. */
final class FakeOwner {
    private final FakeStore store;

    FakeOwner(FakeStore store) {
        this.store = store;
    }

    /** A manager opens the queue, and creates it where it is no more. Returns which life of the queue it is. */
    int open() throws ClusterException {
        synchronized (store) {
            if (store.now.leaving) {
                throw new ClusterException(Kind.LEAVING, "The namespace is being deleted.");
            }
            if (store.now.deleted) {
                store.now.beginAnew();
                store.now.ownerVersion = store.nextVersion();
                store.rules.newLife();
            }
            if (store.now.runEnded) {
                store.now.run = "run-" + ++store.now.runs;
                store.now.runEnded = false;
                store.now.ownerVersion = store.nextVersion();
                store.rules.truth().unseenAtTheEnd.clear();
            }
            return store.now.life;
        }
    }

    /** The owner names another manager that acts. */
    void take(int life, String manager) {
        synchronized (store) {
            if (isCurrent(life) && !store.now.holder.equals(manager)) {
                store.now.holder = manager;
                store.now.ownerVersion = store.nextVersion();
            }
        }
    }

    /** A compare-and-set of the owner: who has not seen its last change, or is not named by it, changes nothing. */
    private void change(int life, String manager, int seen) throws ClusterException {
        if (!isCurrent(life)) {
            throw new ClusterException(Kind.GONE, "The queue is no more.");
        }
        if (seen != store.now.ownerVersion || !store.now.holder.equals(manager)) {
            throw new ClusterException(Kind.CONFLICT, "The owner was changed.");
        }
        store.now.ownerVersion = store.nextVersion();
    }

    /** Returns the owner's new version. */
    int takeNumber(int life, String manager, int seen, int number) throws ClusterException {
        synchronized (store) {
            change(life, manager, seen);
            store.now.claimed = number;
            return store.now.ownerVersion;
        }
    }

    /** Whether a manager that opened the queue in that life has a part in what is there now. */
    boolean isCurrent(int life) {
        synchronized (store) {
            return life == store.now.life && !store.now.deleted;
        }
    }

    void endRun(int life, String manager, int seen, Observed basis) throws ClusterException {
        synchronized (store) {
            change(life, manager, seen);
            store.rules.endingRun(basis, store.now.records.values());
            store.now.runEnded = true;
        }
    }
}
