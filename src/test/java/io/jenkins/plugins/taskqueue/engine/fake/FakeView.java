package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one manager has observed: each kind of object by a watch of its own, so that one kind may be known as it is now
 * and another as it was. A pod that vanished before its item had an outcome stays as one that is gone.
 */
public final class FakeView {
    private final FakeStore store;
    private final Map<String, BatchRecord> records = new TreeMap<>();
    private final Map<Integer, JobView> jobs = new HashMap<>();
    private final Map<String, PodView> pods = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private Observed.Run run = new Observed.Run("", false, false, 0, true);
    private int ownerVersion;
    private int claimed;
    private String holder = "";
    /** The life of the queue that it was opened in; of another one it sees nothing but that its own is over. */
    private int life = 1;

    private Observed built;

    FakeView(FakeStore store) {
        this.store = store;
    }

    Observed observed() {
        if (built == null) {
            Map<Integer, List<PodView>> byBatch = new TreeMap<>();
            pods.values()
                    .forEach(pod -> byBatch.computeIfAbsent(pod.batch(), n -> new ArrayList<>())
                            .add(pod));
            built = new Observed(
                    seenRun(), List.copyOf(records.values()), Map.copyOf(jobs), byBatch, store.now.others());
        }
        return built;
    }

    private Observed.Run seenRun() {
        boolean settled = run.deleted() || claimed == 0 || records.containsKey(FakeObjects.key(claimed));
        int highest = records.values().stream()
                .mapToInt(BatchRecord::number)
                .reduce(Math.max(claimed, store.now.highestLeft()), Math::max);
        return new Observed.Run(run.id(), run.ended(), run.deleted(), highest, settled);
    }

    int ownerVersion() {
        return ownerVersion;
    }

    int claimed() {
        return claimed;
    }

    String holder() {
        return holder;
    }

    /** What the answer to its own claim tells a manager of the owner, and no more. */
    void claimed(int number, int version) {
        built = null;
        claimed = number;
        ownerVersion = version;
    }

    Observed withoutPods() {
        Observed seen = observed();
        return new Observed(seen.run(), seen.records(), seen.jobs(), Map.of(), seen.others());
    }

    void everything() {
        synchronized (store) {
            configMaps(true);
            jobs();
            pods(true);
        }
    }

    /** @param last whether the record of the last batch is seen too, or only that its number was taken */
    public void configMaps(boolean last) {
        run();
        BatchRecord known = records.get(FakeObjects.key(store.now.claimed));
        records.clear();
        records.putAll(isCurrent() ? store.now.records : Map.of());
        if (!last && known == null) {
            records.remove(FakeObjects.key(store.now.claimed));
        }
        pods.values().removeIf(pod -> gone.contains(pod.name()) && !isLive(pod));
    }

    void record(String key) {
        built = null;
        records.remove(key);
        records.computeIfAbsent(key, known -> isCurrent() ? store.now.records.get(known) : null);
    }

    void run() {
        built = null;
        if (isCurrent()) {
            run = new Observed.Run(store.now.run, store.now.runEnded, store.now.deleted, 0, true);
            ownerVersion = store.now.ownerVersion;
            claimed = store.now.claimed;
            holder = store.now.holder;
        } else {
            run = new Observed.Run(run.id(), run.ended(), true, 0, true);
        }
    }

    void opened(int inLife) {
        life = inLife;
    }

    private boolean isCurrent() {
        return life == store.now.life;
    }

    public void jobs() {
        built = null;
        jobs.clear();
        jobs.putAll(isCurrent() ? store.now.jobs : Map.of());
    }

    void job(int batch) {
        built = null;
        jobs.remove(batch);
        jobs.computeIfAbsent(batch, known -> isCurrent() ? store.now.jobs.get(known) : null);
    }

    /** @param watched whether every event came; else everything was listed anew */
    public void pods(boolean watched) {
        Set<String> names = new HashSet<>(pods.keySet());
        names.addAll(isCurrent() ? store.now.pods.keySet() : Set.of());
        names.forEach(name -> pod(name, watched));
    }

    void pod(String name, boolean watched) {
        built = null;
        PodView there = isCurrent() ? store.now.pods.get(name) : null;
        PodView known = pods.get(name);
        if (there != null) {
            gone.remove(name);
            pods.put(name, store.now.deleting.contains(name) ? FakePods.leaving(there) : there);
        } else if (known != null && !gone.contains(name)) {
            PodView last = watched ? store.now.removed.getOrDefault(name, known) : known;
            if (isLive(known)) {
                gone.add(name);
                PodView vanished = last.isTerminal() ? last : FakePods.gone(last, store.clock.instant());
                pods.put(name, FakePods.untracked(vanished));
            } else {
                pods.remove(name);
            }
        }
    }

    private boolean isLive(PodView pod) {
        BatchRecord record = records.get(FakeObjects.key(pod.batch()));
        return record != null
                && record.entries().stream()
                        .filter(entry -> entry.index() == pod.index())
                        .anyMatch(entry -> entry.isLive()
                                && pod.attempt() > entry.attempts().last());
    }

    /** As by a manager that starts. */
    public void anew() {
        anew(() -> {});
    }

    void anew(Runnable between) {
        forget();
        list(between);
    }

    /** Lists one kind after the other. */
    void list(Runnable between) {
        pods(false);
        between.run();
        jobs();
        between.run();
        configMaps(true);
    }

    /** What the store holds after it was restored, or in another life, has nothing to do with what was seen. */
    void forget() {
        pods.clear();
        gone.clear();
    }
}
