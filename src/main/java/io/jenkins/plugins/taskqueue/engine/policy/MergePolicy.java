package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        Set<Integer> uncleared = now.batches().stream().map(Batch::number).collect(Collectors.toSet());
        int highest = now.records().stream().mapToInt(BatchRecord::number).max().orElse(0);
        Predicate<BatchRecord> isOld = record -> record.number() < highest
                && !record.created().plus(AGE).isAfter(now.time())
                && !uncleared.contains(record.number())
                && isSettled(record);
        List<BatchRecord> plain = now.records().stream()
                .filter(record -> !record.merged() && isOld.test(record))
                .toList();
        if (!finish(now.records(), plain, plan) && plain.size() >= MANY) {
            Stream<BatchRecord> merged = now.records().stream().filter(record -> record.merged() && isOld.test(record));
            begin(
                    now.time(),
                    Stream.concat(plain.stream(), merged)
                            .sorted(Comparator.comparingInt(BatchRecord::number))
                            .toList(),
                    plan);
        }
    }

    /** A record in which a person asked for a retry is kept as it is, or a merge could overlook what was asked. */
    private static boolean isSettled(BatchRecord record) {
        return record.entries().stream()
                .noneMatch(entry -> entry.isLive() || entry.outcome().retry());
    }

    /** Deletes what was left by a manager that was stopped after it had created a merged record. */
    private static boolean finish(Collection<BatchRecord> records, List<BatchRecord> plain, Planner plan) {
        for (BatchRecord merged : records) {
            List<BatchRecord> left = plain.stream()
                    .filter(record -> merged.merged() && holds(merged, record.number()))
                    .toList();
            if (!left.isEmpty()) {
                plan.add(new Action.Merge(merged, left));
                return true;
            }
        }
        return false;
    }

    private static boolean holds(BatchRecord merged, int batch) {
        return batch <= merged.number() && merged.entries().stream().anyMatch(entry -> entry.batch() == batch);
    }

    private static void begin(Instant time, List<BatchRecord> old, Planner plan) {
        List<BatchRecord> replaced = new ArrayList<>();
        int entries = 0;
        long bytes = 0;
        for (BatchRecord record : old) {
            long more = record.entries().stream()
                    .mapToLong(entry -> entry.name().length() * 3L)
                    .sum();
            boolean full = entries + record.entries().size() > MOST_ENTRIES || bytes + more > MOST_NAME_BYTES;
            if (full && replaced.size() > 1) {
                break;
            }
            if (full) {
                replaced.clear();
                entries = 0;
                bytes = 0;
                if (record.merged()) {
                    continue;
                }
            }
            replaced.add(record);
            entries += record.entries().size();
            bytes += more;
        }
        // The merged record takes the name of the last: that must not be one of those that are deleted.
        while (!replaced.isEmpty() && replaced.get(replaced.size() - 1).merged()) {
            replaced.remove(replaced.size() - 1);
        }
        if (replaced.size() > 1) {
            int number = replaced.get(replaced.size() - 1).number();
            List<Entry> all = replaced.stream()
                    .flatMap(record -> record.entries().stream())
                    .map(entry -> entry.withOutcome(entry.outcome().summary()))
                    .toList();
            plan.add(new Action.Merge(new BatchRecord(number, true, time, all, ""), replaced));
        }
    }
}
