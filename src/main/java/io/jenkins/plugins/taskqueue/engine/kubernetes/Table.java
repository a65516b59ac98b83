package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** What is observed of a queue, as small views. Fed by the watches and the answers to our own writes. Thread-safe. */
final class Table {
    private final ObjectNames names;
    private final Clock clock;
    private final Runnable onChange;
    private final AtomicLong ticks = new AtomicLong();
    private final OwnerRow owner = new OwnerRow(ticks::incrementAndGet);
    private final Rows<RecordRow> records = new Rows<>(ticks::incrementAndGet);
    private final Rows<JobRow> jobs = new Rows<>(ticks::incrementAndGet);
    private final Rows<PodRow> pods = new Rows<>(ticks::incrementAndGet);
    private final Others others;
    private final Unreadable unreadable = new Unreadable();
    private volatile Observed built;

    Table(ObjectNames names, Clock clock, Runnable onChange) {
        this.names = names;
        this.clock = clock;
        this.onChange = onChange;
        others = new Others(names);
    }

    /** Whether an object is of this queue, and of its present life: its name fits, and our very owner object owns it. */
    synchronized boolean isOurs(HasMetadata object) {
        return owner.state().filter(one -> one.owns(object)).isPresent() && names.fit(object);
    }

    /** What is there already is adopted if it is ours; anything else is not touched, and never counted. */
    void adopt(HasMetadata found) throws ClusterException {
        if (!isOurs(found)) {
            throw names.taken(found);
        }
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

    ObjectNames names() {
        return names;
    }

    void changed() {
        onChange.run();
    }

    Observed observed() {
        Observed current = built;
        if (current != null) {
            return current;
        }
        synchronized (this) {
            // Numbers of what an earlier queue has left are not given again: so nothing new waits for it to go.
            int highest = records.views().mapToInt(row -> row.record().number()).reduce(others.highest(), Math::max);
            Observed.Run run = owner.run(
                    highest, claimed -> records.get(names.batch(claimed)).isPresent());
            built = RowsSeen.of(run, records, jobs, pods, others.view(unreadable.sentences()));
            return built;
        }
    }

    synchronized void clear() {
        records.clear();
        jobs.clear();
        pods.clear();
        others.clear();
        owner.clear();
        unreadable.clear();
        built = null;
    }

    /** Whether all can be read. */
    synchronized void check() throws ClusterException {
        unreadable.check();
    }

    synchronized void check(String record) throws ClusterException {
        unreadable.check(record);
    }

    synchronized Optional<Owner.State> owner() {
        return owner.state();
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
        see(map, Rows.NEWS);
    }

    void job(Job job) {
        see(job, Rows.NEWS);
    }

    void pod(Pod pod) {
        see(pod, Rows.NEWS);
    }

    /** By this table's own clock, to be asked before a list is. */
    long begin() {
        return ticks.incrementAndGet();
    }

    /** @param begun when the list was begun that has it, or {@link Rows#NEWS} */
    void see(HasMetadata object, long begun) {
        change(() -> {
            if (object instanceof Pod pod) {
                return see(pods, object, begun, () -> take(pod));
            }
            if (object instanceof Job job) {
                return see(jobs, object, begun, () -> take(job));
            }
            ConfigMap map = (ConfigMap) object;
            return map.getMetadata().getName().equals(names.owner())
                    ? owner.see(map, begun)
                    : see(records, object, begun, () -> take(map));
        });
    }

    private boolean see(Rows<?> rows, HasMetadata object, long begun, BooleanSupplier ours) {
        if (!rows.isNews(object, begun)) {
            return false;
        }
        return isOther(rows, object) ? others.see(object, begin()) : ours.getAsBoolean();
    }

    private boolean take(ConfigMap map) {
        String name = map.getMetadata().getName();
        try {
            Optional<BatchRecord> record = RecordManifest.read(map);
            record.ifPresent(read -> {
                records.put(map, new RecordRow(read, RecordManifest.itemBytes(map)));
                forgetVanishedPods(read.number());
            });
            return unreadable.remove(name) | record.isPresent();
        } catch (ClusterException e) {
            unreadable.add(name, e);
            return true;
        }
    }

    private boolean take(Job job) {
        jobs.put(job, JobRow.of(job, ObjectNames.number(job.getMetadata().getLabels(), Keys.BATCH)));
        return true;
    }

    private boolean take(Pod pod) {
        Optional<PodRow> row = PodRow.of(pod, pods.known(pod));
        row.ifPresent(read -> pods.put(pod, read));
        return row.isPresent();
    }

    /** Pods that wait and do not say why. */
    synchronized List<Rows.Row<PodRow>> silent() {
        return pods.all().stream().filter(row -> row.view().asks()).toList();
    }

    void podWaits(Rows.Row<PodRow> pod, PodCause cause) {
        change(() -> pods.replace(pod, row -> row.because(cause)));
    }

    /** What a complete list lacks is no more: it is a fresh read of everything. */
    void listed(Class<? extends HasMetadata> kind, Set<String> names, long begun) {
        List<Rows.Row<?>> missing = new ArrayList<>();
        synchronized (this) {
            boolean gone = kind == ConfigMap.class && unreadable.keepOnly(names);
            if (others.listed(kind, names, begun) || gone) {
                built = null;
            }
            for (Rows<?> rows : kind == ConfigMap.class
                    ? List.of(owner.rows(), records)
                    : List.of(kind == Job.class ? jobs : pods)) {
                missing.addAll(rows.missingFrom(names, begun));
            }
        }
        missing.forEach(row -> gone(kind, row.name(), row.uid()));
    }

    /** An object is no more. */
    void gone(HasMetadata object) {
        var metadata = object.getMetadata();
        gone(object.getClass(), metadata.getName(), metadata.getUid());
    }

    private void gone(Class<?> kind, String name, String uid) {
        if (kind == ConfigMap.class) {
            configMapGone(name, uid);
        } else if (kind == Job.class) {
            jobGone(name, uid);
        } else {
            podGone(name, uid);
        }
    }

    void configMapGone(String name, String uid) {
        change(() -> {
            if (owner.gone(name, uid)) {
                return true;
            }
            boolean other = others.gone(uid) | unreadable.remove(name);
            Optional<Rows.Row<RecordRow>> row = records.get(name, uid);
            boolean known = records.remove(name, uid);
            row.ifPresent(gone -> forgetVanishedPods(gone.view().record().number()));
            return known || other;
        });
    }

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
