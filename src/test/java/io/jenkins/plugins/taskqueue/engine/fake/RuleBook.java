package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Watches a {@link FakeStore} and writes down every breach of a {@link Rule}. */
public final class RuleBook {
    private final List<String> breaches = new ArrayList<>();
    private final Set<String> everWritten = new HashSet<>();
    final Budgets budgets = new Budgets();
    final PodRules pods = new PodRules(this);
    final ClaimRules claims = new ClaimRules(this);
    private Truth truth = new Truth();
    private Predicate<String> mayForget = item -> false;
    Predicate<String> isListed = item -> true;
    private BiPredicate<String, String> mayCancel = (item, reason) -> true;
    private int parallelism = Integer.MAX_VALUE;
    private boolean paused;
    private int most;
    /** For how many steps a pod was held that somebody wanted gone, at the most. */
    public int longest;

    /** From now on at most so many; what was claimed before is not stopped for it. */
    public RuleBook parallelism(int limit) {
        parallelism = limit;
        truth.bound = Math.max(limit, truth.slots());
        return this;
    }

    int limit() {
        return parallelism;
    }

    /** Whether a person wants nothing claimed. */
    public RuleBook paused(boolean wantsNothing) {
        paused = wantsNothing;
        return this;
    }

    boolean isPaused() {
        return paused;
    }

    /** An item that failed more often than that has ended, and holds no slot any more. */
    public RuleBook budgets(int ofItsOwn, int ofTheCluster) {
        budgets.retries = ofItsOwn;
        budgets.disruptionRetries = ofTheCluster;
        return this;
    }

    /** After so long a wait for its container an item may be failed. */
    public RuleBook startTimeout(Duration most) {
        budgets.startTimeout = most;
        return this;
    }

    /** @param item tells whether the source was told of the item of that name, and lists it no more */
    public RuleBook mayForget(Predicate<String> item) {
        mayForget = item;
        return this;
    }

    /** @param item tells whether the source has listed the item of that name */
    public RuleBook listed(Predicate<String> item) {
        isListed = item;
        return this;
    }

    /** @param wanted tells whether the item of that name may be cancelled for that reason */
    public RuleBook mayCancel(BiPredicate<String, String> wanted) {
        mayCancel = wanted;
        return this;
    }

    /** The queue was deleted and begun anew: what was so before counts for nothing. */
    void newLife() {
        truth = new Truth();
        truth.bound = parallelism;
    }

    /** A person deleted a record: its items may be done again, unless another one of these tells that they are. */
    void lost(BatchRecord record, Collection<BatchRecord> others) {
        truth.lost.add(record.number());
        for (Entry entry : record.entries()) {
            truth.held.remove(entry.name(), record.number());
            boolean told = others.stream()
                    .flatMap(other -> other.entries().stream())
                    .anyMatch(one ->
                            one.name().equals(entry.name()) && !one.isLive() && state(one) == ItemState.SUCCEEDED);
            if (!told) {
                truth.successes.remove(entry.name());
            }
        }
    }

    Truth truth() {
        return truth;
    }

    /** Everything is again as it was then. */
    void restore(Truth then) {
        truth = then.copy();
        parallelism(parallelism);
    }

    int slots() {
        int slots = truth.slots();
        most = Math.max(most, slots);
        return slots;
    }

    /** An entry is taken out of a record only when the source knows of it, and lists it no more. */
    void forgetting(BatchRecord now, BatchRecord written) {
        for (Entry entry : now.entries()) {
            Optional<Entry> kept = written.entries().stream()
                    .filter(one -> one.batch() == entry.batch() && one.index() == entry.index())
                    .findFirst();
            require(
                    Rule.FORGOTTEN,
                    kept.isPresent() || (now.merged() && mayForget.test(entry.name())),
                    entry.name() + " of record " + now.number());
            kept.filter(one -> !entry.isLive()).ifPresent(one -> rewritten(entry, one));
        }
    }

    /** An outcome stays as it is, but for a person's mark, and for a success that was not yet seen. */
    private void rewritten(Entry before, Entry now) {
        boolean same = !now.isLive()
                && now.outcome().state() == before.outcome().state()
                && now.outcome().attempts() == before.outcome().attempts();
        boolean succeeded = !now.isLive() && now.outcome().state() == ItemState.SUCCEEDED;
        require(Rule.OUTCOME_CHANGED, same || succeeded, before.name());
    }

    /** What a record has said may be told, though somebody deleted that since, or the whole queue. */
    void telling(String item, ItemState state) {
        require(Rule.TOLD_TOO_EARLY, everWritten.contains(item + " " + state), item);
    }

    /**
     * @param before what the record said until now; null where it is new
     * @param pods what is there of the queue's pods
     */
    void written(BatchRecord before, BatchRecord record, Collection<PodView> pods, Instant now) {
        for (Entry entry : record.entries()) {
            counted(entry);
            if (!entry.isLive()) {
                Entry old = before == null ? null : find(before, entry);
                if (!record.merged()
                        && (old == null || old.isLive() || !state(old).equals(state(entry)))) {
                    ended(entry, pods, now);
                }
                everWritten.add(entry.name() + " " + state(entry));
                truth.held.remove(entry.name(), record.number());
                truth.uncertain.remove(entry.name());
                if (entry.outcome().state() == ItemState.FAILED) {
                    truth.failedItems.add(entry.name());
                } else if (entry.outcome().state() == ItemState.SUCCEEDED) {
                    truth.successes.putIfAbsent(entry.name(), 1);
                }
            }
        }
        settle();
    }

    private void counted(Entry entry) {
        String key = Truth.entry(entry.batch(), entry.index());
        boolean all = entry.attempts().failures() <= Truth.count(truth.failed, key)
                && entry.attempts().disruptions() <= Truth.count(truth.takenAway, key);
        require(Rule.COUNTED_FALSELY, all, entry.name() + ", " + entry.attempts());
    }

    private static ItemState state(Entry entry) {
        return entry.outcome().state();
    }

    private static Entry find(BatchRecord record, Entry entry) {
        return record.entries().stream()
                .filter(one -> one.batch() == entry.batch() && one.index() == entry.index())
                .findFirst()
                .orElse(null);
    }

    private void ended(Entry entry, Collection<PodView> pods, Instant now) {
        String key = Truth.entry(entry.batch(), entry.index());
        List<PodView> mine =
                pods.stream().filter(pod -> Truth.entry(pod).equals(key)).toList();
        String detail = entry.name() + ", " + entry.outcome();
        switch (entry.outcome().state()) {
            case SUCCEEDED -> require(Rule.FALSE_SUCCESS, Truth.count(truth.succeeded, key) > 0, detail);
            case FAILED -> {
                boolean usedUp = budgets.areUsedUp(truth, key) || budgets.isOverdue(truth, mine, now);
                require(Rule.FALSE_FAILURE, entry.outcome().attempts() == 0 || usedUp, detail);
                require(Rule.LOG_NOT_KEPT, !budgets.hasLog(truth, entry, mine), detail);
            }
            default ->
                require(
                        Rule.FALSE_CANCELLATION,
                        mayCancel.test(entry.name(), entry.outcome().reason()),
                        detail);
        }
    }

    void settle() {
        truth.bound = Math.max(parallelism, Math.min(truth.bound, truth.slots()));
    }

    void deletingJob(BatchRecord record, int number) {
        boolean written = truth.lost.contains(number) || record != null && record.isEnded();
        require(Rule.JOB_DELETED_BEFORE_WRITTEN, written, "Job " + number);
    }

    void merging(BatchRecord old, BatchRecord merged) {
        truth.merges++;
        require(Rule.MERGE_REPLACES_ITSELF, merged != old, "record " + old.number());
        require(Rule.LOST_IN_MERGE, holds(merged, old), "record " + old.number());
    }

    /**
     * @param basis what the manager saw when it decided on this
     * @param records what is there
     */
    void endingRun(Observed basis, Collection<BatchRecord> records) {
        boolean over = basis.records().stream().allMatch(BatchRecord::isEnded)
                && basis.pods().values().stream().allMatch(List::isEmpty)
                && basis.jobs().isEmpty();
        require(Rule.RUN_ENDED_EARLY, over, basis.run().id());
        Set<Integer> seen = basis.records().stream().map(BatchRecord::number).collect(Collectors.toSet());
        records.stream().map(BatchRecord::number).filter(n -> !seen.contains(n)).forEach(truth.unseenAtTheEnd::add);
    }

    static boolean holds(BatchRecord merged, BatchRecord old) {
        return old.entries().stream().allMatch(entry -> find(merged, entry) != null);
    }

    void require(Rule rule, boolean holds, String detail) {
        if (!holds) {
            breaches.add(rule + ": " + detail);
        }
    }

    public List<String> breaches() {
        return breaches;
    }

    public Map<String, Integer> successes() {
        return truth.successes;
    }

    /** How many items may be known to have failed, of these pods' and others. */
    public int mostFailed(Collection<PodView> pods, Instant now) {
        return truth.failedItems.size() + budgets.failures(truth, pods, now);
    }

    /** How many records were merged into others. */
    public int merges() {
        return truth.merges;
    }

    /** How many pods were further attempts. */
    public int retries() {
        return truth.retries;
    }

    public int mostStarted() {
        return most;
    }
}
