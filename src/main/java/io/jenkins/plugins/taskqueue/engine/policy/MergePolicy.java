package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges many old records into one. What loses nothing by that is merged as soon as it is many; of the others, which have
 * logs or long texts, the last ones stay as they are.
 */
final class MergePolicy {
    static final int MANY = 50;
    static final int KEPT = 200;
    /** Names of 1,024 characters and 4 bytes each would still fit in a ConfigMap with so many entries and bytes. */
    private static final int MOST_ENTRIES = 5_000;

    private static final int MOST_BYTES = 600_000;

    private MergePolicy() {}

    static void plan(Situation now, Planner plan) {
        Set<Integer> uncleared = now.batches().stream().map(Batch::number).collect(Collectors.toSet());
        int highest = now.records().stream().mapToInt(BatchRecord::number).max().orElse(0);
        // An empty one holds its number against a creation that is still on its way, and stays.
        List<BatchRecord> ended = now.records().stream()
                .filter(record -> record.number() < highest && record.isEnded())
                .filter(record -> !record.entries().isEmpty() && !uncleared.contains(record.number()))
                .toList();
        Set<String> asked = askedFor(now.records());
        List<BatchRecord> old =
                ended.stream().filter(record -> isSettled(record, asked)).toList();
        List<BatchRecord> plain =
                old.stream().filter(record -> !record.merged()).toList();
        if (!finish(now.records(), plain, plan)) {
            List<BatchRecord> rich = plain.stream().filter(MergePolicy::isRich).toList();
            List<BatchRecord> kept = rich.subList(Math.max(0, rich.size() - KEPT), rich.size());
            if (plain.size() - kept.size() >= MANY) {
                begin(
                        now.time(),
                        old.stream()
                                .filter(record -> !kept.contains(record))
                                .sorted(Comparator.comparingInt(BatchRecord::number))
                                .toList(),
                        plan);
            }
        }
    }

    /** Names of the items that a person wants done again and that no later batch has done. */
    private static Set<String> askedFor(Collection<BatchRecord> records) {
        Map<String, Integer> asked = new HashMap<>();
        records.stream()
                .flatMap(record -> record.entries().stream())
                .filter(entry -> !entry.isLive() && entry.outcome().retry())
                .forEach(entry -> asked.merge(entry.name(), entry.batch(), Math::max));
        if (!asked.isEmpty()) {
            records.stream()
                    .flatMap(record -> record.entries().stream())
                    .forEach(entry -> asked.computeIfPresent(
                            entry.name(), (name, batch) -> entry.batch() > batch ? null : batch));
        }
        return asked.keySet();
    }

    /** A record in which a person asked for a retry is kept until that is done, or a merge could overlook it. */
    private static boolean isSettled(BatchRecord record, Set<String> asked) {
        return record.entries().stream().noneMatch(entry -> entry.outcome().retry() && asked.contains(entry.name()));
    }

    private static boolean isRich(BatchRecord record) {
        return record.entries().stream().anyMatch(entry -> entry.outcome().losesInSummary());
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
                    .mapToLong(entry -> entry.name().length() * 3L
                            + entry.outcome().summary().textBytes())
                    .sum();
            boolean full = entries + record.entries().size() > MOST_ENTRIES || bytes + more > MOST_BYTES;
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
                    .map(entry -> entry.withOutcome(entry.outcome().summary().withoutRetry()))
                    .toList();
            plan.add(new Action.Merge(new BatchRecord(number, true, time, all, ""), replaced));
        }
    }
}
