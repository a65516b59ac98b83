package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Watches a {@link FakeStore} and writes down every breach of a rule that always holds. */
public final class RuleBook {
    private final List<String> breaches = new ArrayList<>();
    private final Map<String, Integer> successes = new HashMap<>();
    private final Map<String, Set<String>> running = new HashMap<>();
    private final Map<String, Integer> held = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private Predicate<String> mayForget = item -> false;
    private int parallelism = Integer.MAX_VALUE;
    private int retries;
    private int disruptionRetries;
    private int most;

    public RuleBook parallelism(int limit) {
        parallelism = limit;
        return this;
    }

    /** An item that failed more often than that has ended, and holds no slot any more. */
    public RuleBook budgets(int ofItsOwn, int ofTheCluster) {
        retries = ofItsOwn;
        disruptionRetries = ofTheCluster;
        return this;
    }

    void claimed(BatchRecord record, Collection<BatchRecord> others) {
        for (Entry entry : record.entries()) {
            for (BatchRecord other : others) {
                for (Entry old : other.entries()) {
                    boolean same = old.name().equals(entry.name());
                    require(!same || !old.isLive(), entry.name() + " is in two live batches");
                    require(
                            !same || old.isLive() || old.outcome().state() != ItemState.SUCCEEDED,
                            entry.name() + " succeeded and is claimed again");
                }
            }
            if (entry.isLive()) {
                held.put(entry.name(), record.number());
            }
        }
        require(
                count() <= parallelism || record.isEnded(),
                most + " items are started, and the parallelism is " + parallelism);
    }

    /** The slots that are taken: items claimed and not ended, and items that have an outcome and still run. */
    private int count() {
        Set<String> taken = new HashSet<>(held.keySet());
        running.forEach((item, pods) -> {
            if (!pods.isEmpty()) {
                taken.add(item);
            }
        });
        most = Math.max(most, taken.size());
        return taken.size();
    }

    /** An entry is taken out of a record only when the source knows of it, and lists it no more. */
    void forgetting(BatchRecord now, BatchRecord written) {
        for (Entry entry : now.entries()) {
            require(
                    written.entries().stream().anyMatch(kept -> kept.name().equals(entry.name()))
                            || (now.merged() && mayForget.test(entry.name())),
                    entry.name() + " is forgotten, and the source was not told or lists it still");
        }
    }

    void telling(String item, boolean written) {
        require(written, item + " is told before a record says so");
    }

    /** @param item tells whether the source was told of the item of that name, and lists it no more */
    public RuleBook mayForget(Predicate<String> item) {
        mayForget = item;
        return this;
    }

    void written(BatchRecord record) {
        record.entries().stream()
                .filter(entry -> !entry.isLive())
                .forEach(entry -> held.remove(entry.name(), record.number()));
        record.entries().stream()
                .filter(entry -> !entry.isLive() && entry.outcome().state() == ItemState.SUCCEEDED)
                .forEach(entry -> successes.putIfAbsent(entry.name(), 1));
    }

    /** A pod may be created late and in vain, by a manager that stalled; what counts is that its worker never starts. */
    void changed(String item, boolean live, PodView before, PodView after) {
        if (before.phase() == PodView.Phase.PENDING && after.phase() == PodView.Phase.RUNNING) {
            require(running.getOrDefault(item, Set.of()).isEmpty(), item + " is started while an attempt of it runs");
            require(!successes.containsKey(item), item + " is started again after it succeeded");
            running.computeIfAbsent(item, unknown -> new HashSet<>()).add(after.name());
            require(count() <= parallelism || held.containsKey(item), item + " is started beyond the parallelism");
        } else if (!before.isTerminal() && after.isTerminal()) {
            running.getOrDefault(item, new HashSet<>()).remove(after.name());
            ended(item, after);
            // Of an item that was given up it counts only if it was seen before the pod was let go.
            if (live && after.phase() == PodView.Phase.SUCCEEDED) {
                successes.merge(item, 1, Integer::sum);
                held.remove(item);
            }
        }
    }

    private void ended(String item, PodView pod) {
        if (pod.phase() != PodView.Phase.SUCCEEDED && !pod.isSuspended()) {
            String budget = pod.batch() + " " + item + (pod.disrupted() ? " taken away" : " failed");
            if (failures.merge(budget, 1, Integer::sum) > (pod.disrupted() ? disruptionRetries : retries)) {
                held.remove(item, pod.batch());
            }
        }
    }

    void releasing(PodView pod, BatchRecord record) {
        Entry entry = record == null ? null : record.entries().get(pod.index());
        boolean written = entry != null
                && (!entry.isLive()
                        || (pod.isTerminal()
                                && pod.attempt() <= entry.attempts().last()));
        require(written, "pod " + pod.name() + " is deleted before it is written what became of it");
    }

    void untracking(String pod, boolean deleted) {
        require(deleted, "pod " + pod + " is let go of before it is deleted");
    }

    void sweeping(String what, BatchRecord record) {
        require(record == null, what + " is swept, and a record tells of it");
    }

    /** A person deleted a record: its items may be done again. */
    void lost(BatchRecord record) {
        for (Entry entry : record.entries()) {
            held.remove(entry.name(), record.number());
            successes.remove(entry.name());
        }
    }

    /** The queue is begun anew: what was before is none of its. */
    void anew() {
        successes.clear();
        held.clear();
        running.clear();
        failures.clear();
    }

    void deletingJob(BatchRecord record, int number) {
        require(record != null && record.isEnded(), "Job " + number + " is deleted before its outcomes are written");
    }

    void merging(BatchRecord old, BatchRecord merged, Instant now) {
        require(merged != old, "record " + old.number() + " replaces itself");
        require(holds(merged, old), "an entry of record " + old.number() + " is lost in a merge");
        boolean young = old.created().plus(Duration.ofMinutes(10)).isAfter(now);
        require(!young, "record " + old.number() + " is merged before it is ten minutes old");
    }

    static boolean holds(BatchRecord merged, BatchRecord old) {
        return old.entries().stream()
                .allMatch(entry -> merged.entries().stream()
                        .anyMatch(kept -> kept.batch() == entry.batch() && kept.index() == entry.index()));
    }

    private void require(boolean holds, String breach) {
        if (!holds) {
            breaches.add(breach);
        }
    }

    public List<String> breaches() {
        return breaches;
    }

    public Map<String, Integer> successes() {
        return successes;
    }

    public int mostStarted() {
        return most;
    }
}
