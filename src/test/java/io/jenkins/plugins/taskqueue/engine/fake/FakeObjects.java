package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The objects of one queue at one moment. */
final class FakeObjects {
    final Map<String, BatchRecord> records = new TreeMap<>();
    final Map<Integer, JobView> jobs = new TreeMap<>();
    final Map<String, PodView> pods = new TreeMap<>();
    /** Names of pods that were told to end. */
    final Set<String> deleting = new HashSet<>();
    /** Names of the items that pods do; it stays true when their record is gone. */
    final Map<String, String> items = new HashMap<>();
    /** Names of records and Jobs of earlier lives. */
    final Set<String> left = new TreeSet<>();
    /** Numbers of records that somebody made unreadable. */
    final SortedSet<Integer> broken = new TreeSet<>();
    /** Of Jobs that are being deleted, and not gone yet: their uids. */
    final Set<String> leavingJobs = new HashSet<>();
    /** Pods of earlier lives of the queue, which are none of its own. */
    final Map<String, PodView> strays = new TreeMap<>();
    /** How pods that are no more were at last. */
    final Map<String, PodView> removed = new HashMap<>();

    /** The owner's version: it changes with whatever is written into it. */
    int ownerVersion;

    int claimed;
    String holder = "";
    String run = "run-1";
    int runs = 1;
    int life = 1;
    boolean runEnded;
    boolean deleted;
    /** The namespace is being deleted. */
    boolean leaving;

    static String key(BatchRecord record) {
        return record.merged() ? String.format("m%09d", record.number()) : key(record.number());
    }

    static String key(int batch) {
        return String.format("b%09d", batch);
    }

    FakeObjects copy() {
        FakeObjects copy = new FakeObjects();
        copy.records.putAll(records);
        copy.jobs.putAll(jobs);
        copy.pods.putAll(pods);
        copy.deleting.addAll(deleting);
        copy.items.putAll(items);
        copy.left.addAll(left);
        copy.broken.addAll(broken);
        copy.leavingJobs.addAll(leavingJobs);
        copy.strays.putAll(strays);
        copy.removed.putAll(removed);
        copy.ownerVersion = ownerVersion;
        copy.claimed = claimed;
        copy.holder = holder;
        copy.run = run;
        copy.runs = runs;
        copy.life = life;
        copy.runEnded = runEnded;
        copy.deleted = deleted;
        return copy;
    }

    /** Another life of the queue under the same name, before the garbage collector has removed a thing. */
    void beginAnew() {
        life++;
        deleted = false;
        run = "run-" + ++runs;
        runEnded = false;
        claimed = 0;
        holder = "";
        left.addAll(records.keySet());
        jobs.values().forEach(job -> left.add(job.name()));
        records.clear();
        broken.clear();
        jobs.clear();
        strays.putAll(pods);
        pods.clear();
        removed.clear();
    }

    void deleteAll() {
        records.clear();
        jobs.clear();
        pods.clear();
        deleted = true;
    }

    void remove(PodView pod) {
        pods.remove(pod.name());
        deleting.remove(pod.name());
        removed.put(pod.name(), pod);
    }

    List<PodView> podsOf(int batch) {
        return pods.values().stream().filter(pod -> pod.batch() == batch).toList();
    }

    Observed.Others others() {
        boolean none = left.isEmpty() && strays.isEmpty();
        String unreadable = broken.isEmpty() ? "" : "Somebody changed the record " + broken.first() + ".";
        return new Observed.Others(!none, none ? "" : "Left of an earlier queue: " + left, unreadable);
    }

    /** Numbers of what an earlier life has left are not given again. */
    int highestLeft() {
        return strays.values().stream().mapToInt(PodView::batch).max().orElse(0);
    }

    /** What is left of an earlier life is never adopted, and a namespace that is being deleted takes nothing. */
    void free(String name) throws ClusterException {
        if (leaving) {
            throw new ClusterException(Kind.LEAVING, "The namespace is being deleted.");
        }
        if (left.contains(name) || strays.containsKey(name)) {
            throw new ClusterException(Kind.TAKEN, name + " is left of an earlier queue.");
        }
    }

    boolean isRecorded(int batch) {
        BatchRecord record = records.get(key(batch));
        return record != null && !record.entries().isEmpty();
    }

    /** The entry that a pod was created for. */
    Optional<Entry> entry(PodView pod) {
        BatchRecord record = records.get(key(pod.batch()));
        return record == null
                ? Optional.empty()
                : record.entries().stream()
                        .filter(entry -> entry.index() == pod.index())
                        .findFirst();
    }
}
