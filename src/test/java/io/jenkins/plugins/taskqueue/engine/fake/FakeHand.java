package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.util.Set;
import java.util.TreeSet;

/** What people, nodes and backups do to the objects of a {@link FakeStore}, beside any manager. */
public final class FakeHand {
    private final FakeStore store;
    private FakeObjects saved;
    private Truth savedTruth;

    public FakeHand(FakeStore store) {
        this.store = store;
    }

    /** What Kueue or a person does. */
    public void suspend(int batch, boolean suspended) {
        synchronized (store) {
            JobView job = store.now.jobs.get(batch);
            store.put(new JobView(batch, job.name(), job.uid(), suspended, job.kueueQueue(), job.finished()));
        }
    }

    /** In whatever way: the pods are the queue's, and stay. */
    public void deleteJob(int batch) {
        synchronized (store) {
            store.now.jobs.remove(batch);
        }
    }

    /** Its pods are the queue's, and stay; it is there until {@link #removeLeavingJobs}. */
    public void deleteJobSlowly(int batch) {
        synchronized (store) {
            store.now.leavingJobs.add(store.now.jobs.get(batch).uid());
        }
    }

    public void removeLeavingJobs() {
        synchronized (store) {
            store.now.jobs.values().removeIf(job -> store.now.leavingJobs.contains(job.uid()));
        }
    }

    /** The namespace is deleted: nothing new is taken, and whatever nobody holds goes. */
    public void deleteNamespace() {
        synchronized (store) {
            store.now.leaving = true;
            deleteOwner();
            store.now.jobs.clear();
        }
    }

    /** What was read of it before is all that is known, until somebody deletes it. */
    public void breakRecord(int batch) {
        synchronized (store) {
            store.now.broken.add(batch);
        }
    }

    /** Nobody knows any more what was done in that batch. */
    public void deleteRecord(int batch) {
        synchronized (store) {
            BatchRecord gone = store.now.records.remove(FakeObjects.key(batch));
            store.now.broken.remove(batch);
            if (gone != null) {
                store.rules.lost(gone, store.now.records.values());
            }
        }
    }

    /** The queue is deleted, and begun anew before the garbage collector has removed a thing. */
    public void beginAnew() throws ClusterException {
        synchronized (store) {
            store.now.deleted = true;
            store.owner.open();
        }
    }

    /** The garbage collector removes records and Jobs of earlier lives, and has not come to their pods yet. */
    public void collect() {
        synchronized (store) {
            store.now.left.clear();
        }
    }

    /** Names of what earlier lives have left. */
    public Set<String> left() {
        synchronized (store) {
            Set<String> left = new TreeSet<>(store.now.left);
            left.addAll(store.now.strays.keySet());
            return left;
        }
    }

    /** A pod is no more at once, though a finalizer held it: somebody took that off, and did not wait for the node. */
    public void vanish(String pod) {
        synchronized (store) {
            PodView there = store.now.pods.get(pod);
            if (there != null) {
                String item = store.itemOf(there);
                store.now.remove(there);
                store.now.removed.remove(pod);
                store.rules.pods.vanished(there, item, store.hasData(there));
            }
        }
    }

    /** The queue is deleted, its owner object first; the garbage collector takes what no finalizer holds. */
    public void deleteOwner() {
        synchronized (store) {
            store.now.deleted = true;
            store.now.pods.keySet().forEach(store.now.deleting::add);
        }
    }

    /** Takes a backup. */
    public void save() {
        synchronized (store) {
            saved = store.now.copy();
            savedTruth = store.rules.truth().copy();
        }
    }

    /** Brings the last backup back, if it is of the same life and run. Whether it did. */
    public boolean restore() {
        synchronized (store) {
            boolean fits = saved != null && saved.life == store.now.life && saved.runs == store.now.runs;
            if (fits && !store.now.deleted && !store.now.runEnded) {
                store.now = saved.copy();
                store.late.lose();
                store.rules.restore(savedTruth);
                return true;
            }
            return false;
        }
    }

    /** Whether somebody wants the pod gone. */
    public boolean isDeleting(PodView pod) {
        synchronized (store) {
            return store.now.deleting.contains(pod.name());
        }
    }

    /** Whether a record names the pod's item, and has no outcome of it. */
    public boolean isLive(PodView pod) {
        synchronized (store) {
            return store.now.entry(pod).filter(Entry::isLive).isPresent();
        }
    }
}
