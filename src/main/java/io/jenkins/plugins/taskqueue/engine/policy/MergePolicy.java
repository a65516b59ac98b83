package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges many old records into one. No record younger than ten minutes is merged: a manager that stalled with a claim in
 * its hands must still find the number taken.
 */
final class MergePolicy {
    static final Duration AGE = Duration.ofMinutes(10);
    static final int MANY = 50;
    /** Names of 1,024 characters and 4 bytes each would still fit in a ConfigMap with so many entries and bytes. */
    private static final int MOST_ENTRIES = 5_000;

    private static final int MOST_NAME_BYTES = 600_000;

    private MergePolicy() {}

    static void plan(Situation now, Planner plan) {
        if (now.records().size() < MANY) {
            return;
        }
        Set<Integer> uncleared = now.batches().stream().map(Batch::number).collect(Collectors.toSet());
        int highest = now.records().stream().mapToInt(BatchRecord::number).max().orElse(0);
        List<BatchRecord> old = now.records().stream()
                .filter(record -> record.isEnded() && !uncleared.contains(record.number()))
                .filter(record -> record.number() < highest)
                .filter(record -> !record.created().plus(AGE).isAfter(plan.now()))
                .sorted(Comparator.comparingInt(BatchRecord::number))
                .toList();
        if (old.stream().filter(record -> !record.merged()).count() >= MANY) {
            add(old, plan);
        }
    }

    private static void add(List<BatchRecord> old, Planner plan) {
        List<BatchRecord> replaced = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        long bytes = 0;
        for (BatchRecord record : old) {
            long more = record.entries().stream()
                    .mapToLong(entry -> entry.name().length() * 3L)
                    .sum();
            boolean full = entries.size() + record.entries().size() > MOST_ENTRIES || bytes + more > MOST_NAME_BYTES;
            if (full && replaced.size() > 1) {
                break;
            }
            if (full) {
                replaced.clear();
                entries.clear();
                bytes = 0;
                if (record.merged()) {
                    continue;
                }
            }
            replaced.add(record);
            record.entries()
                    .forEach(entry ->
                            entries.add(entry.withOutcome(entry.outcome().summary())));
            bytes += more;
        }
        if (replaced.size() > 1) {
            BatchRecord last = replaced.get(replaced.size() - 1);
            plan.add(new Action.Merge(new BatchRecord(last.number(), true, plan.now(), entries, ""), replaced));
        }
    }
}
