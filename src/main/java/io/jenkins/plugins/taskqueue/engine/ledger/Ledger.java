package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.policy.AcknowledgePolicy;
import io.jenkins.plugins.taskqueue.engine.policy.Situation;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Candidate;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Every item of the queue: the listing and the records folded together. Looks only at what changed since the last time,
 * so that a pass costs little however many items there are. Nothing in it survives a restart, and nothing needs to. Used
 * by one thread.
 */
public final class Ledger {
    private final String run;
    private final Table table;
    private final Map<String, Row> rows = new HashMap<>();
    private final Map<Key, BatchRecord> folded = new HashMap<>();
    private final Pending pending = new Pending();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final Touched touched = new Touched();
    private Listing listing = Listing.NONE;
    private int failed;
    private int forgottenFailures;
    private boolean proven;

    private record Key(boolean merged, int number) {
        static Key of(BatchRecord record) {
            return new Key(record.merged(), record.number());
        }
    }

    public Ledger(String run, Table table) {
        this.run = run;
        this.table = table;
    }

    /** Takes in a listing, if it is another one than the last. Returns how many items are new to the queue. */
    public int list(Listing fresh, Instant at) {
        if (fresh == listing) {
            return 0;
        }
        listing = fresh;
        int before = rows.size();
        rows.values().forEach(row -> {
            row.listed = false;
            row.acknowledged = fresh.acknowledges();
        });
        List<Row> order = new ArrayList<>(fresh.names().size());
        for (String name : fresh.names()) {
            Row row = row(name, at);
            row.listed = true;
            row.acknowledged = fresh.acknowledges();
            row.relist(run, at);
            order.add(row);
        }
        int added = rows.size() - before;
        rows.values().removeIf(row -> !row.listed && row.entry == null);
        rows.values().forEach(acknowledgements::settle);
        pending.clear();
        order.stream().filter(row -> row.isPending(run)).forEach(pending::add);
        rows.values().stream()
                .filter(row -> !row.listed && row.isShown(run))
                .sorted(Comparator.comparingInt(row -> row.id))
                .forEach(order::add);
        order.forEach(touched::add);
        table.replace(order);
        return added;
    }

    /** Takes in what changed in the records. */
    public void fold(Collection<BatchRecord> records) {
        Set<String> dropped = new HashSet<>();
        boolean unmarked = false;
        for (BatchRecord record : records) {
            BatchRecord before = folded.put(Key.of(record), record);
            if (before != record) {
                record.entries().forEach(this::fold);
                dropped.addAll(before == null ? Set.of() : record.namesMissingFrom(before));
                unmarked |= before != null && before.isToBeRetried();
            }
        }
        if (folded.size() > records.size() || !dropped.isEmpty() || unmarked) {
            foldAnew(records);
        }
        if (!dropped.isEmpty()) {
            forget(dropped);
        }
    }

    /** Of what the records have forgotten only the counts are left. */
    private void forget(Set<String> names) {
        Set<Row> forgotten = names.stream()
                .map(rows::get)
                .filter(row -> row != null && row.entry == null && !row.listed)
                .collect(Collectors.toSet());
        for (Row row : forgotten) {
            rows.remove(row.name);
            touched.forget(row);
            if (row.position >= 0 && row.status.state() == ItemState.FAILED) {
                forgottenFailures++;
            }
        }
        table.forget(forgotten);
    }

    /** Some record is no more, merged or deleted by somebody, or lost a mark: only the whole tells what is so now. */
    private void foldAnew(Collection<BatchRecord> records) {
        Map<Row, Entry> before = new HashMap<>();
        for (Row row : rows.values()) {
            if (row.entry != null) {
                before.put(row, row.entry);
                row.entry = null;
            }
        }
        folded.clear();
        failed = 0;
        for (BatchRecord record : records) {
            folded.put(Key.of(record), record);
            record.entries().forEach(this::fold);
        }
        before.forEach((row, entry) -> {
            keepRicher(row, entry);
            settle(row);
        });
    }

    private void fold(Entry entry) {
        Row row = row(entry.name(), entry.listed());
        Entry known = row.entry;
        if (known != null && (known.batch() > entry.batch() || isMarkedAlone(known, entry))) {
            return;
        }
        count(row, -1);
        row.entry = entry;
        row.listedAt = entry.listed();
        if (known != null) {
            keepRicher(row, known);
        }
        count(row, 1);
        settle(row);
    }

    /** While records are being merged there are two of one batch: a retry that was asked for in one of them counts. */
    private static boolean isMarkedAlone(Entry known, Entry entry) {
        return known.batch() == entry.batch()
                && !known.isLive()
                && known.outcome().retry()
                && (entry.isLive() || !entry.outcome().retry());
    }

    /** A merged record leaves out messages and results; what this manager has seen of them it goes on showing. */
    private static void keepRicher(Row row, Entry known) {
        Entry now = row.entry;
        if (now != null
                && now.batch() == known.batch()
                && !now.isLive()
                && !known.isLive()
                && now.outcome().equals(known.outcome().summary())) {
            row.entry = known;
        }
    }

    private void settle(Row row) {
        acknowledgements.settle(row);
        if (row.isPending(run)) {
            pending.add(row);
        } else {
            pending.remove(row);
        }
        if (row.position < 0 && row.isShown(run)) {
            table.append(row);
        }
        touched.add(row);
    }

    private void count(Row row, int by) {
        if (row.entry == null || row.entry.isLive() || !row.entry.run().equals(run)) {
            return;
        }
        if (row.entry.outcome().state() == ItemState.FAILED
                && !row.entry.outcome().retry()) {
            failed += by;
        }
        proven |= row.entry.outcome().started() != null;
    }

    private Row row(String name, Instant listedAt) {
        return rows.computeIfAbsent(name, unknown -> new Row(name, table.nextId(), listedAt));
    }

    /** The first pending items that are ready, in the listing's order. */
    public List<Candidate> candidates(int most, Predicate<String> ready) {
        return pending.stream()
                .filter(row -> ready.test(row.name))
                .limit(most)
                .map(row -> new Candidate(row.name, row.listedAt))
                .toList();
    }

    /** The pending ones of these items, at most so many. */
    public List<Candidate> candidatesOf(Set<String> items, int most) {
        return items.stream()
                .map(rows::get)
                .filter(row -> row != null && row.pending)
                .sorted(Comparator.comparingInt(row -> row.id))
                .limit(most)
                .map(row -> new Candidate(row.name, row.listedAt))
                .toList();
    }

    /** Whether the item is pending, or in a live batch. */
    public boolean isOpen(String item) {
        Row row = rows.get(item);
        return row != null && (row.isLive() || row.isPending(run));
    }

    Row row(String name) {
        return rows.get(name);
    }

    /** The rows that changed since they were last taken. */
    List<Row> takeDirty() {
        return touched.take();
    }

    /** Whoever shows pending items differently from now on has to look at them all. */
    void touchPending() {
        pending.stream().forEach(touched::add);
    }

    String run() {
        return run;
    }

    public boolean hasPending() {
        return !pending.isEmpty();
    }

    /** All items of the run, those included that are listed no more; 0 while no listing tells of them. */
    public int items() {
        return listing == Listing.NONE ? 0 : table.size();
    }

    /** Items whose record says that they failed in this run, and that nobody asked to do again. */
    public int failed() {
        return failed + forgottenFailures;
    }

    /** What became of an attempt to tell the source of an item: the state that was told, or null. */
    public void told(String item, ItemState state, long poll, Instant at) {
        Row row = rows.get(item);
        if (row != null) {
            acknowledgements.tried(row, state, poll, at);
        }
    }

    /**
     * What a source that wants to be told is to be told now, and what it has forgotten.
     *
     * @param answered which poll brought the listing
     */
    public Situation.Told told(long answered, Instant now) {
        return listing.acknowledges()
                ? new Situation.Told(
                        acknowledgements.untold(AcknowledgePolicy.MOST, answered, now), acknowledgements.forgotten())
                : Situation.Told.NOTHING;
    }

    /** How many listed items have ended and the source does not know it. */
    public int owed() {
        return acknowledgements.owed();
    }

    /** When an item may be told that could not be; {@link Instant#MAX} where there is none. */
    public Instant nextTelling(Instant now) {
        return acknowledgements.nextTry(now);
    }

    /** Whether a worker of this run has started, as far as the records tell. */
    public boolean isProven() {
        return proven;
    }
}
