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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an API server holds of one queue, in memory: atomic creates, versions, finalizers, pods that take their time to
 * die. Several managers may share it. Tells its {@link RuleBook} of every change.
 */
public final class FakeStore {
    final SettableClock clock;
    final RuleBook rules;
    final Map<String, BatchRecord> records = new TreeMap<>();
    final Map<Integer, JobView> jobs = new TreeMap<>();
    final Map<String, PodView> pods = new TreeMap<>();
    final Set<String> deleting = new HashSet<>();
    /** Names of the items that pods do; it stays true when their record is gone. */
    private final Map<String, String> items = new HashMap<>();
    /** Names of what an earlier queue of this name has left. */
    private final Set<String> left = new TreeSet<>();

    String run = "run-1";
    int runs = 1;
    boolean runEnded;
    boolean deleted;
    private boolean keepsReplaced;
    private int versions;

    public FakeStore(SettableClock clock, RuleBook rules) {
        this.clock = clock;
        this.rules = rules;
    }

    static String key(BatchRecord record) {
        return String.format("%s%09d", record.merged() ? "m" : "b", record.number());
    }

    synchronized void open() {
        deleted = false;
        if (runEnded) {
            run = "run-" + ++runs;
            runEnded = false;
        }
    }

    synchronized Observed observe() {
        Map<Integer, List<PodView>> byBatch = new TreeMap<>();
        pods.values()
                .forEach(pod -> byBatch.computeIfAbsent(pod.batch(), n -> new ArrayList<>())
                        .add(deleting.contains(pod.name()) ? FakePods.leaving(pod) : pod));
        return new Observed(
                new Observed.Run(run, runEnded, deleted),
                List.copyOf(records.values()),
                Map.copyOf(jobs),
                byBatch,
                new Observed.Others(!left.isEmpty(), left.isEmpty() ? "" : "Left of an earlier queue: " + left));
    }

    synchronized BatchRecord claim(Claim claim) throws ClusterException {
        List<Entry> entries = new ArrayList<>();
        for (Claim.Item item : claim.items()) {
            entries.add(
                    new Entry(claim.number(), entries.size(), claim.run(), item.name(), item.listed(), item.outcome()));
        }
        BatchRecord record =
                new BatchRecord(claim.number(), false, clock.instant(), entries, Integer.toString(++versions));
        if (deleted) {
            throw new ClusterException(Kind.GONE, "The queue is no more: the owner of the record " + claim.number());
        }
        free(key(record));
        if (records.containsKey(key(record))) {
            throw new ClusterException(Kind.CONFLICT, "The record " + claim.number() + " is there already.");
        }
        rules.claimed(record, records.values());
        records.put(key(record), record);
        return record;
    }

    synchronized BatchRecord write(BatchRecord record) throws ClusterException {
        BatchRecord now = records.get(key(record));
        if (now == null || !now.version().equals(record.version())) {
            throw new ClusterException(Kind.CONFLICT, "The record " + record.number() + " was changed.");
        }
        BatchRecord written = new BatchRecord(
                record.number(), record.merged(), record.created(), record.entries(), Integer.toString(++versions));
        rules.forgetting(now, written);
        records.put(key(record), written);
        rules.written(written);
        return written;
    }

    /** What is left of an earlier queue is never adopted. */
    private void free(String name) throws ClusterException {
        if (left.contains(name)) {
            throw new ClusterException(Kind.TAKEN, name + " is left of an earlier queue.");
        }
    }

    synchronized void startJob(BatchRecord record) throws ClusterException {
        int n = record.number();
        if (deleted) {
            return; // the garbage collector would take it at once
        }
        free("job-" + n);
        jobs.putIfAbsent(n, new JobView(n, "job-" + n, "uid-" + ++versions, false, "", false));
    }

    synchronized void startPod(BatchRecord record, int index, int attempt) throws ClusterException {
        String name = record.number() + "-" + index + "-" + attempt;
        if (!jobs.containsKey(record.number())) {
            throw new ClusterException(Kind.GONE, "The Job " + record.number() + " is no more.");
        }
        free(name);
        if (pods.containsKey(name)) {
            return;
        }
        items.put(name, record.entries().get(index).name());
        pods.put(name, FakePods.pending(record.number(), index, attempt, name, clock.instant()));
    }

    synchronized void stop(String pod) {
        PodView now = pods.get(pod);
        if (now != null && !now.isTerminal()) {
            pods.put(pod, FakePods.stopping(now));
            delete(pod);
        }
    }

    synchronized void report(int batch, boolean ended) {
        JobView job = jobs.get(batch);
        if (job != null && ended) {
            jobs.put(batch, new JobView(batch, job.name(), job.uid(), job.suspended(), "", true));
        }
    }

    /** The first half of a release. */
    synchronized void deleteReleased(String pod) {
        PodView now = pods.get(pod);
        if (now != null) {
            rules.releasing(now, record(now));
            delete(pod);
        }
    }

    /** The second half: a finalizer is taken only from a pod that was told to end. */
    synchronized void untrack(String pod) {
        PodView now = pods.get(pod);
        if (now != null) {
            rules.untracking(pod, deleting.contains(pod));
            pods.put(pod, FakePods.untracked(now));
            delete(pod);
        }
    }

    synchronized void sweep(Set<Integer> unrecorded, List<PodView> swept) {
        left.clear();
        unrecorded.forEach(batch -> {
            rules.sweeping("Job " + batch, records.get(String.format("b%09d", batch)));
            jobs.remove(batch);
        });
        swept.forEach(pod -> {
            rules.sweeping("pod " + pod.name(), record(pod));
            delete(pod.name());
            untrack(pod.name());
        });
    }

    private BatchRecord record(PodView pod) {
        return records.get(String.format("b%09d", pod.batch()));
    }

    /** Deletes a pod as the API server does: one that runs is told to end, one that a finalizer holds stays. */
    public synchronized void delete(String pod) {
        PodView now = pods.get(pod);
        if (now != null && now.isTerminal() && !now.tracked()) {
            pods.remove(pod);
        } else if (now != null) {
            deleting.add(pod);
        }
    }

    synchronized void deleteJob(BatchRecord record) {
        if (jobs.remove(record.number()) != null) {
            rules.deletingJob(records.get(key(record)), record.number());
        }
    }

    /** Deletes only what is still as it was merged, and nothing where the merged record lacks an entry. */
    synchronized void merge(BatchRecord merged, List<BatchRecord> replaced) throws ClusterException {
        if (deleted) {
            throw new ClusterException(Kind.GONE, "The queue is no more: the owner of the merged record.");
        }
        BatchRecord made = new BatchRecord(merged.number(), true, clock.instant(), merged.entries(), "" + ++versions);
        BatchRecord there = records.putIfAbsent(key(merged), made);
        for (BatchRecord old : there == null ? List.<BatchRecord>of() : replaced) {
            if (!RuleBook.holds(there, old)) {
                throw new ClusterException(Kind.CONFLICT, "The merged record " + merged.number() + " is another one.");
            }
        }
        for (BatchRecord old : replaced) {
            BatchRecord now = records.get(key(old));
            if (!keepsReplaced && now != null && now.version().equals(old.version())) {
                rules.merging(old, records.get(key(merged)), clock.instant());
                records.remove(key(old));
            }
        }
    }

    synchronized void deleteAll() {
        records.clear();
        jobs.clear();
        pods.clear();
        deleted = true;
    }

    /** The kubelet's part: sets a pod, unless it is gone. */
    synchronized void set(PodView pod) {
        PodView before = pods.get(pod.name());
        if (before == null) {
            return;
        }
        pods.put(pod.name(), pod);
        rules.changed(itemOf(pod), hasData(pod), before, pod);
        if (pod.isTerminal() && deleting.contains(pod.name())) {
            delete(pod.name());
        }
    }

    public synchronized String itemOf(PodView pod) {
        return items.get(pod.name());
    }

    synchronized boolean hasData(PodView pod) {
        BatchRecord record = record(pod);
        return record != null && record.entries().get(pod.index()).isLive();
    }

    public synchronized String run() {
        return run;
    }

    public synchronized List<PodView> pods() {
        return List.copyOf(pods.values());
    }

    public synchronized List<BatchRecord> records() {
        return List.copyOf(records.values());
    }

    /** A source is being told how an item ended. */
    public synchronized void telling(String item, boolean done) {
        ItemState state = done ? ItemState.SUCCEEDED : ItemState.FAILED;
        rules.telling(
                item,
                records.values().stream()
                        .flatMap(record -> record.entries().stream())
                        .anyMatch(entry -> entry.name().equals(item)
                                && !entry.isLive()
                                && entry.outcome().state() == state));
    }

    public synchronized List<JobView> jobs() {
        return List.copyOf(jobs.values());
    }

    /** What Kueue or a person does. */
    public synchronized void suspend(int batch, boolean suspended) {
        JobView job = jobs.get(batch);
        put(new JobView(batch, job.name(), job.uid(), suspended, job.kueueQueue(), job.finished()));
    }

    public synchronized void put(JobView job) {
        jobs.put(job.batch(), job);
    }

    /** From now on a manager that merges is stopped before it has deleted a record; false: no more. */
    public synchronized void keepReplaced(boolean keeps) {
        keepsReplaced = keeps;
    }

    /** A person deletes the Job, in whatever way: the pods are the queue's and stay. */
    public synchronized void deleteJobByHand(int batch) {
        jobs.remove(batch);
    }

    /** A person deletes a record: nobody knows any more what was done in its batch. */
    public synchronized void deleteRecordByHand(int number) {
        BatchRecord gone = records.remove(String.format("b%09d", number));
        if (gone != null) {
            rules.lost(gone);
        }
    }

    /** A person deletes the owner, and the queue is begun anew before the garbage collector has removed a thing. */
    public synchronized void beginAnew() {
        left.addAll(records.keySet());
        left.addAll(pods.keySet());
        jobs.values().forEach(job -> left.add(job.name()));
        deleteAll();
        deleted = false;
        runEnded = false;
        run = "run-" + ++runs;
        rules.anew();
    }

    /** Names of what an earlier queue has left. */
    public synchronized Set<String> left() {
        return Set.copyOf(left);
    }
}
