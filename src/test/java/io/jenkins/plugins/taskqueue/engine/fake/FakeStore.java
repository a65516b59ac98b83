package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an API server does with the objects of one queue, in memory: atomic creates, versions, finalizers, pods that take
 * their time to die. Several managers may share it; each says in which life of the queue it opened it. Tells its
 * {@link RuleBook} of every change. What people do by hand is in {@link FakeHand}.
 */
public final class FakeStore {
    final SettableClock clock;
    final RuleBook rules;
    FakeObjects now = new FakeObjects();
    final FakeOwner owner = new FakeOwner(this);
    public final LateRequests late = new LateRequests();
    private boolean keepsReplaced;
    private int versions;

    public FakeStore(SettableClock clock, RuleBook rules) {
        this.clock = clock;
        this.rules = rules;
    }

    /** Whether a manager that opened the queue in that life has a part in what is there now. */
    synchronized boolean isCurrent(int life) {
        return owner.isCurrent(life);
    }

    /**
     * @param limit the most items at once when the claim was asked for
     * @param paused whether a person wanted nothing claimed then
     */
    synchronized BatchRecord claim(int life, Claim claim, int limit, boolean paused) throws ClusterException {
        List<Entry> entries = new ArrayList<>();
        for (Claim.Item item : claim.items()) {
            entries.add(
                    new Entry(claim.number(), entries.size(), claim.run(), item.name(), item.listed(), item.outcome()));
        }
        BatchRecord record = new BatchRecord(claim.number(), false, clock.instant(), entries, version());
        now.free(FakeObjects.key(record));
        if (!isCurrent(life)) {
            throw new ClusterException(Kind.GONE, "The queue is no more: the owner of the record " + claim.number());
        }
        if (now.records.containsKey(FakeObjects.key(record))) {
            throw new ClusterException(Kind.CONFLICT, "The record " + claim.number() + " is there already.");
        }
        rules.claims.claimed(record, now.records.values(), limit, paused, now.runEnded);
        now.records.put(FakeObjects.key(record), record);
        rules.written(null, record, now.pods.values(), steady());
        return record;
    }

    synchronized BatchRecord write(int life, BatchRecord record) throws ClusterException {
        if (now.broken.contains(record.number())) {
            throw new ClusterException(Kind.PASSING, "Somebody changed the record " + record.number() + ".");
        }
        BatchRecord before = now.records.get(FakeObjects.key(record));
        if (life != now.life || before == null || !before.version().equals(record.version())) {
            throw new ClusterException(Kind.CONFLICT, "The record " + record.number() + " was changed.");
        }
        BatchRecord written =
                new BatchRecord(record.number(), record.merged(), record.created(), record.entries(), version());
        rules.forgetting(before, written);
        now.records.put(FakeObjects.key(record), written);
        rules.written(before, written, now.pods.values(), steady());
        return written;
    }

    private Instant steady() {
        return clock.steady().instant();
    }

    private String version() {
        return Integer.toString(nextVersion());
    }

    int nextVersion() {
        return ++versions;
    }

    synchronized void startJob(int life, BatchRecord record) throws ClusterException {
        int n = record.number();
        now.free("job-" + n);
        if (isCurrent(life)) { // else the garbage collector would take it at once
            now.jobs.putIfAbsent(n, new JobView(n, "job-" + n, "uid-" + version(), false, "", false));
        }
    }

    /**
     * Creates a pod, for a Job that may be no more meanwhile: it is the queue's.
     *
     * @param basis what the manager saw when it decided on this
     */
    synchronized void startPod(int life, BatchRecord record, int index, int attempt, Observed basis)
            throws ClusterException {
        int n = record.number();
        String name = n + "-" + index + "-" + attempt;
        now.free(name);
        if (now.pods.containsKey(name)) {
            return;
        }
        PodView pod = FakePods.pending(n, index, attempt, name, clock.instant());
        if (!isCurrent(life)) {
            now.strays.put(name, pod);
            now.deleting.add(name);
            return;
        }
        now.items.put(name, record.entries().get(index).name());
        Optional<Entry> entry = now.entry(pod).filter(Entry::isLive);
        if (entry.isPresent()) { // else it was created late and in vain, and never starts
            boolean again = attempt <= entry.get().attempts().last();
            rules.pods.created(pod, again, basis, now.pods.values(), steady());
        }
        now.pods.put(name, pod);
    }

    /** A step of the world. */
    public synchronized void step() {
        rules.pods.held(now.pods.values().stream()
                .filter(pod -> pod.isTerminal() && now.deleting.contains(pod.name()))
                .toList());
    }

    /** Marks a pod as one that is stopped with its Job; {@link #delete} has to follow. */
    synchronized void mark(String pod, Observed basis) {
        PodView there = now.pods.get(pod);
        if (there != null && !there.isTerminal()) {
            rules.pods.stopping(there, basis);
            now.pods.put(pod, FakePods.stopping(there));
        }
    }

    synchronized void report(int batch, boolean ended) {
        if (ended) {
            now.jobs.computeIfPresent(
                    batch, (n, job) -> new JobView(n, job.name(), job.uid(), job.suspended(), "", true));
        }
    }

    /** The first half of a release. */
    synchronized void deleteReleased(String pod) {
        PodView there = now.pods.get(pod);
        if (there != null) {
            rules.pods.releasing(there, now.records.get(FakeObjects.key(there.batch())));
            delete(pod);
        }
    }

    /** The second half: a finalizer is taken only from a pod that was told to end. */
    synchronized void untrack(String pod) {
        PodView there = now.pods.get(pod);
        if (there != null) {
            rules.pods.untracking(there, now.deleting.contains(pod));
            now.pods.put(pod, FakePods.untracked(there));
            delete(pod);
        }
    }

    synchronized void sweep(int life, Set<Integer> unrecorded, List<PodView> swept) {
        if (life == now.life) {
            now.left.clear();
            now.strays.clear();
            unrecorded.forEach(batch -> {
                rules.pods.sweeping("Job " + batch, !now.deleted && now.isRecorded(batch));
                now.jobs.remove(batch);
            });
            swept.forEach(pod -> {
                rules.pods.sweeping("pod " + pod.name(), !now.deleted && now.isRecorded(pod.batch()));
                delete(pod.name());
                untrack(pod.name());
            });
        }
    }

    /** Deletes a pod as the API server does: one that runs is told to end, one that a finalizer holds stays. */
    public synchronized void delete(String pod) {
        PodView there = now.pods.get(pod);
        if (there != null && there.isTerminal() && !there.tracked()) {
            now.remove(there);
        } else if (there != null) {
            now.deleting.add(pod);
        }
    }

    synchronized void deleteJob(int life, BatchRecord record) {
        if (isCurrent(life) && now.jobs.remove(record.number()) != null) {
            rules.deletingJob(now.records.get(FakeObjects.key(record)), record.number());
        }
    }

    /** Creates the merged record; nothing happens where there is one that lacks an entry. */
    synchronized void createMerged(int life, BatchRecord merged, List<BatchRecord> replaced) throws ClusterException {
        if (!isCurrent(life)) {
            throw new ClusterException(Kind.GONE, "The queue is no more: the owner of the merged record.");
        }
        BatchRecord made = new BatchRecord(merged.number(), true, clock.instant(), merged.entries(), version());
        BatchRecord there = now.records.putIfAbsent(FakeObjects.key(merged), made);
        for (BatchRecord old : there == null ? List.<BatchRecord>of() : replaced) {
            if (!RuleBook.holds(there, old)) {
                throw new ClusterException(Kind.CONFLICT, "The merged record " + merged.number() + " is another one.");
            }
        }
    }

    /** Deletes a record only if it is still as it was merged. */
    synchronized void replace(int life, BatchRecord old, BatchRecord merged) {
        BatchRecord there = now.records.get(FakeObjects.key(old));
        boolean same = there != null && there.version().equals(old.version());
        if (isCurrent(life) && !keepsReplaced && same) {
            BatchRecord by = now.records.get(FakeObjects.key(merged));
            rules.merging(old, by == null ? merged : by);
            now.records.remove(FakeObjects.key(old));
        }
    }

    synchronized void deleteAll(int life) {
        if (life == now.life) {
            now.deleteAll();
        }
    }

    /** The kubelet's part: sets a pod, unless it is gone. */
    synchronized void set(PodView pod) {
        PodView before = now.pods.get(pod.name());
        if (before == null) {
            return;
        }
        now.pods.put(pod.name(), pod);
        String item = itemOf(pod);
        boolean live = hasData(pod);
        if (pod.waitsSince() != null) {
            rules.truth().waits.putIfAbsent(pod.name(), steady());
        }
        if (before.phase() == PodView.Phase.PENDING && pod.phase() == PodView.Phase.RUNNING) {
            rules.pods.started(pod, item, now.entry(pod).orElse(null), now.runEnded);
        } else if (!before.isTerminal() && pod.isTerminal()) {
            rules.pods.ended(pod, item, live, steady());
        }
        if (pod.isTerminal() && now.deleting.contains(pod.name())) {
            delete(pod.name());
        }
    }

    public synchronized String itemOf(PodView pod) {
        return now.items.get(pod.name());
    }

    synchronized boolean hasData(PodView pod) {
        return now.entry(pod).filter(Entry::isLive).isPresent();
    }

    public synchronized String run() {
        return now.run;
    }

    public synchronized List<PodView> pods() {
        return List.copyOf(now.pods.values());
    }

    public synchronized List<BatchRecord> records() {
        return List.copyOf(now.records.values());
    }

    public synchronized List<JobView> jobs() {
        return List.copyOf(now.jobs.values());
    }

    public synchronized void put(JobView job) {
        now.jobs.put(job.batch(), job);
    }

    /** A source is being told how an item ended. */
    public synchronized void telling(String item, boolean done) {
        rules.telling(item, done ? ItemState.SUCCEEDED : ItemState.FAILED);
    }

    /** From now on a manager that merges is stopped before it has deleted a record; false: no more. */
    public synchronized void keepReplaced(boolean keeps) {
        keepsReplaced = keeps;
    }
}
