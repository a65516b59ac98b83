package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What is observed of a queue: small views, not the objects. Fed by the watches and by the answers to our own writes, so
 * that what a call changed is here when it returns. Any thread.
 */
final class Table {
    /** A record with what the loop does not need to know of its ConfigMap. */
    record RecordRow(BatchRecord record, Map<String, Integer> itemBytes) {}

    private final ObjectNames names;
    private final Clock clock;
    private final Runnable onChange;
    private final Rows<RecordRow> records = new Rows<>();
    private final Rows<JobRow> jobs = new Rows<>();
    private final Rows<PodRow> pods = new Rows<>();
    private final Others others;
    private Owner.State owner;
    private boolean ownerDeleted;
    private ClusterException problem;
    private volatile Observed built;

    Table(ObjectNames names, Clock clock, Runnable onChange) {
        this.names = names;
        this.clock = clock;
        this.onChange = onChange;
        others = new Others(names);
    }

    /** Whether an object is of this queue, and of its present life: its name fits, and our very owner object owns it. */
    synchronized boolean isOurs(HasMetadata object) {
        return owner != null && owner.owns(object) && names.fit(object);
    }

    /** What is ours stays so, though somebody takes its owner away. */
    private boolean isOther(Rows<?> rows, HasMetadata object) {
        return !isOurs(object) && rows.known(object) == null;
    }

    /** What an earlier queue of this name has left, and does not go by itself. */
    synchronized List<ObjectReference> left() {
        return others.left();
    }

    synchronized boolean hasCopyOf(Set<Integer> batches) {
        return others.hasCopyOf(batches);
    }

    synchronized boolean hasOthers() {
        return !others.isEmpty();
    }

    Observed observed() {
        Observed current = built;
        if (current != null) {
            return current;
        }
        synchronized (this) {
            built = build();
            return built;
        }
    }

    private Observed build() {
        List<BatchRecord> sorted = new ArrayList<>();
        records.all().forEach(row -> sorted.add(row.view().record()));
        sorted.sort(Comparator.comparingInt(BatchRecord::number).thenComparing(BatchRecord::merged));
        Map<Integer, JobView> byBatch = new HashMap<>();
        jobs.views().forEach(job -> byBatch.put(job.view().batch(), job.view()));
        Map<Integer, List<PodView>> podsByBatch = new HashMap<>();
        pods.all()
                .forEach(row -> podsByBatch
                        .computeIfAbsent(row.view().view().batch(), batch -> new ArrayList<>())
                        .add(row.view().view()));
        var run = owner == null
                ? new Observed.Run("", false, ownerDeleted)
                : new Observed.Run(owner.run(), owner.ended(), ownerDeleted);
        return new Observed(run, sorted, byBatch, podsByBatch, others.view());
    }

    synchronized void clear() {
        records.clear();
        jobs.clear();
        pods.clear();
        others.clear();
        owner = null;
        ownerDeleted = false;
        built = null;
    }

    /** What cannot be read, as the sentence that ends the run; else returns. */
    synchronized void check() throws ClusterException {
        if (problem != null) {
            throw problem;
        }
    }

    synchronized Optional<Owner.State> owner() {
        return Optional.ofNullable(owner);
    }

    synchronized Optional<Rows.Row<JobRow>> job(String name) {
        return jobs.get(name);
    }

    synchronized Optional<Rows.Row<PodRow>> pod(String name) {
        return pods.get(name);
    }

    synchronized Optional<Rows.Row<RecordRow>> record(String name) {
        return records.get(name);
    }

    void configMap(ConfigMap map) {
        change(() -> map.getMetadata().getName().equals(names.owner()) ? seeOwner(map) : seeRecord(map));
    }

    private synchronized boolean seeOwner(ConfigMap map) {
        Owner.State state = Owner.State.of(map);
        if (owner != null && !owner.uid().equals(state.uid())) {
            boolean replaced = !ownerDeleted;
            ownerDeleted = true; // somebody else's queue of the same name is none of ours
            return replaced;
        }
        boolean isNews = owner == null || state.version() > owner.version();
        if (isNews) {
            owner = state;
            ownerDeleted = map.getMetadata().getDeletionTimestamp() != null;
        }
        return isNews;
    }

    private synchronized boolean seeRecord(ConfigMap map) {
        if (!records.isNews(map)) {
            return false;
        }
        if (isOther(records, map)) {
            return others.see(map);
        }
        try {
            Optional<BatchRecord> record = RecordManifest.read(map);
            record.ifPresent(read -> {
                records.put(map, new RecordRow(read, RecordManifest.itemBytes(map)));
                forgetVanishedPods(read.number());
            });
            return record.isPresent();
        } catch (ClusterException e) {
            problem = e;
            return true;
        }
    }

    void job(Job job) {
        change(() -> {
            if (!jobs.isNews(job)) {
                return false;
            }
            if (isOther(jobs, job)) {
                return others.see(job);
            }
            jobs.put(job, JobRow.of(job, ObjectNames.number(job.getMetadata().getLabels(), Keys.BATCH)));
            return true;
        });
    }

    void pod(Pod pod) {
        change(() -> {
            if (pods.isNews(pod) && isOther(pods, pod)) {
                return others.see(pod);
            }
            Optional<PodRow> row = pods.isNews(pod) ? PodRow.of(pod, pods.known(pod)) : Optional.empty();
            row.ifPresent(read -> pods.put(pod, read));
            return row.isPresent();
        });
    }

    /** Pods that wait and do not say why. */
    synchronized List<Rows.Row<PodRow>> silent() {
        return pods.all().stream().filter(row -> row.view().asks()).toList();
    }

    void podWaits(Rows.Row<PodRow> pod, PodCause cause) {
        change(() -> pods.replace(pod, row -> row.because(cause)));
    }

    private synchronized boolean seeOwnerGone(String uid) {
        boolean isOwner = owner != null && owner.uid().equals(uid);
        ownerDeleted |= isOwner;
        return isOwner;
    }

    /** A ConfigMap is no more. */
    void configMapGone(String name, String uid) {
        change(() -> {
            if (seeOwnerGone(uid)) {
                return true;
            }
            boolean other = others.gone(uid);
            Optional<Rows.Row<RecordRow>> row = records.get(name, uid);
            boolean known = records.remove(name, uid);
            row.ifPresent(gone -> forgetVanishedPods(gone.view().record().number()));
            return known || other;
        });
    }

    /** A Job is no more. */
    void jobGone(String name, String uid) {
        change(() -> others.gone(uid) | jobs.remove(name, uid));
    }

    /** A pod is no more. While the record does not say how it ended the row stays, since the loop must learn it. */
    void podGone(String name, String uid) {
        change(() -> {
            Optional<Rows.Row<PodRow>> row = pods.get(name, uid);
            if (row.isEmpty() || !isLive(row.get().view().view())) {
                return others.gone(uid) | pods.remove(name, uid);
            }
            pods.bury(row.get(), row.get().view().vanished(clock.instant()));
            return true;
        });
    }

    /**
     * Of a pod whose deletion the watch tells: whether its last state, which it also tells, settles how the attempt
     * ended. If not, only a fresh read may say that it is gone.
     */
    synchronized boolean isSettledBy(Pod last) {
        Optional<PodRow> row = PodRow.of(last);
        return isOther(pods, last)
                || row.isEmpty()
                || row.get().view().isTerminal()
                || !isLive(row.get().view());
    }

    private boolean isLive(PodView pod) {
        return records.get(names.batch(pod.batch()))
                .map(row -> row.view().record().entries())
                .filter(entries -> pod.index() < entries.size())
                .map(entries -> entries.get(pod.index()))
                .map(entry -> entry.isLive() && pod.attempt() > entry.attempts().last())
                .orElse(false);
    }

    private void forgetVanishedPods(int batch) {
        pods.removeIf(row -> row.gone() && row.view().batch() == batch && !isLive(row.view()));
    }

    private void listed(Class<? extends HasMetadata> kind, Set<String> listed, long version) {
        others.listed(kind, listed, version);
        built = null;
    }

    synchronized List<Rows.Row<RecordRow>> recordsMissingFrom(Set<String> listed, long version) {
        listed(ConfigMap.class, listed, version);
        return records.missingFrom(listed, version);
    }

    synchronized List<Rows.Row<JobRow>> jobsMissingFrom(Set<String> listed, long version) {
        listed(Job.class, listed, version);
        return jobs.missingFrom(listed, version);
    }

    synchronized List<Rows.Row<PodRow>> podsMissingFrom(Set<String> listed, long version) {
        listed(Pod.class, listed, version);
        return pods.missingFrom(listed, version);
    }

    private void change(BooleanSupplier change) {
        boolean changed;
        synchronized (this) {
            changed = change.getAsBoolean();
            if (changed) {
                built = null;
            }
        }
        if (changed) {
            onChange.run();
        }
    }
}
