package io.jenkins.plugins.taskqueue.containers.local;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The objects of one queue, as an API server would keep them. Any thread; nothing here blocks. */
final class LocalObjects {
    private final String prefix;
    private final Clock clock;
    private final TreeMap<Integer, BatchRecord> records = new TreeMap<>();
    private final Map<Integer, Map<Integer, String>> data = new HashMap<>();
    private final Map<Integer, JobView> jobs = new TreeMap<>();
    private final Map<Integer, Map<String, LocalPod>> pods = new HashMap<>();
    private final Set<LocalPod> released = new HashSet<>();

    private Observed.Run run = new Observed.Run("", true, false, 0, true);
    private int highest;
    private long versions;
    private Observed snapshot;

    LocalObjects(String queueId, Clock clock) {
        this.prefix = "tq-" + queueId + "-";
        this.clock = clock;
    }

    synchronized void openRun() {
        if (run.ended() || run.deleted()) {
            run = new Observed.Run(UUID.randomUUID().toString().substring(0, 8), false, false, highest, true);
            snapshot = null;
        }
    }

    synchronized void endRun() {
        run = new Observed.Run(run.id(), true, run.deleted(), highest, true);
        snapshot = null;
    }

    synchronized Observed observed() {
        if (snapshot == null) {
            Map<Integer, List<PodView>> views = new HashMap<>();
            pods.forEach((batch, some) ->
                    views.put(batch, some.values().stream().map(this::view).toList()));
            snapshot = new Observed(
                    run, List.copyOf(records.values()), Map.copyOf(jobs), Map.copyOf(views), Observed.Others.NONE);
        }
        return snapshot;
    }

    private PodView view(LocalPod pod) {
        PodView view = pod.view();
        return released.contains(pod) ? view.held(false, false) : view;
    }

    synchronized BatchRecord claim(Claim claim) throws ClusterException {
        if (claim.number() <= highest) {
            throw new ClusterException(Kind.CONFLICT, "Batch " + claim.number() + " is taken.");
        }
        List<Entry> entries = new ArrayList<>();
        Map<Integer, String> batchData = new HashMap<>();
        for (Claim.Item item : claim.items()) {
            int index = entries.size();
            entries.add(new Entry(claim.number(), index, claim.run(), item.name(), item.listed(), item.outcome()));
            if (item.outcome() == null) {
                batchData.put(index, item.data());
            }
        }
        highest = claim.number();
        run = new Observed.Run(run.id(), run.ended(), run.deleted(), highest, true);
        data.put(highest, batchData);
        return store(new BatchRecord(highest, false, clock.instant(), entries, ""));
    }

    private BatchRecord store(BatchRecord record) {
        BatchRecord stored = new BatchRecord(
                record.number(), record.merged(), record.created(), record.entries(), Long.toString(++versions));
        records.put(stored.number(), stored);
        snapshot = null;
        return stored;
    }

    synchronized BatchRecord write(BatchRecord record) throws ClusterException {
        BatchRecord stored = requireRecord(record.number());
        if (!stored.version().equals(record.version())) {
            throw new ClusterException(Kind.CONFLICT, "The record of batch " + record.number() + " was changed.");
        }
        Map<Integer, String> left = data.getOrDefault(record.number(), new HashMap<>());
        record.entries().stream().filter(entry -> !entry.isLive()).forEach(entry -> left.remove(entry.index()));
        return store(record);
    }

    private BatchRecord requireRecord(int batch) throws ClusterException {
        BatchRecord record = records.get(batch);
        if (record == null) {
            throw new ClusterException(Kind.GONE, "The record of batch " + batch + " is gone.");
        }
        return record;
    }

    /** The data of an item that has no outcome yet. */
    synchronized String data(int batch, int index) throws ClusterException {
        requireRecord(batch);
        String text = data.getOrDefault(batch, Map.of()).get(index);
        if (text == null) {
            throw new ClusterException(Kind.CONFLICT, "Item " + index + " of batch " + batch + " has ended.");
        }
        return text;
    }

    synchronized void startJob(int batch) throws ClusterException {
        requireRecord(batch);
        String uid = UUID.randomUUID().toString();
        jobs.putIfAbsent(batch, new JobView(batch, prefix + batch, uid, false, "", false));
        snapshot = null;
    }

    synchronized void report(int batch, boolean ended) throws ClusterException {
        JobView job = jobs.get(batch);
        if (job == null) {
            throw new ClusterException(Kind.GONE, "The Job of batch " + batch + " is gone.");
        }
        jobs.put(batch, new JobView(batch, job.name(), job.uid(), job.suspended(), job.kueueQueue(), ended));
        snapshot = null;
    }

    PodView newPod(int batch, int index, int attempt) {
        Instant now = clock.instant();
        String name = prefix + batch + "-" + index + "-" + attempt;
        return new PodView(
                batch,
                index,
                attempt,
                name,
                PodView.Phase.PENDING,
                false,
                true,
                false,
                now,
                now,
                null,
                null,
                "",
                "",
                "",
                false);
    }

    /** Whether the pod is new; false where one of its name is there already. */
    synchronized boolean addPod(LocalPod pod) throws ClusterException {
        int batch = pod.view().batch();
        if (!jobs.containsKey(batch)) {
            throw new ClusterException(Kind.GONE, "The Job of batch " + batch + " is gone.");
        }
        snapshot = null;
        return pods.computeIfAbsent(batch, ignored -> new LinkedHashMap<>())
                        .putIfAbsent(pod.view().name(), pod)
                == null;
    }

    synchronized Optional<LocalPod> pod(int batch, String name) {
        return Optional.ofNullable(pods.getOrDefault(batch, Map.of()).get(name));
    }

    synchronized List<LocalPod> pods(int batch) {
        return List.copyOf(pods.getOrDefault(batch, Map.of()).values());
    }

    synchronized List<LocalPod> allPods() {
        return pods.values().stream().flatMap(some -> some.values().stream()).toList();
    }

    /** A released pod is shown until it has ended, like one that is being deleted. */
    synchronized void release(LocalPod pod) {
        released.add(pod);
        snapshot = null;
    }

    synchronized void podChanged() {
        snapshot = null;
        released.removeIf(pod -> {
            boolean gone = pod.view().isTerminal();
            if (gone) {
                pods.getOrDefault(pod.view().batch(), new HashMap<>())
                        .remove(pod.view().name());
            }
            return gone;
        });
        pods.values().removeIf(Map::isEmpty);
    }

    synchronized void deleteJob(int batch) {
        jobs.remove(batch);
        podChanged();
    }

    synchronized void merge(BatchRecord merged, List<BatchRecord> replaced) {
        for (BatchRecord record : replaced) {
            records.remove(record.number());
            data.remove(record.number());
        }
        store(merged);
    }

    synchronized void delete() {
        records.clear();
        data.clear();
        jobs.clear();
        run = new Observed.Run(run.id(), run.ended(), true, highest, true);
        podChanged();
    }
}
