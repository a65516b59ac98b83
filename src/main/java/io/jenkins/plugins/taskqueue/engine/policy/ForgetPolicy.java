package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets the records forget what the source has forgotten, so that an endless stream of items does not grow them. Only
 * merged records forget: theirs is what is old.
 */
final class ForgetPolicy {
    private ForgetPolicy() {}

    static void plan(Situation now, Planner plan) {
        if (now.told().forgotten().isEmpty()) {
            return;
        }
        for (BatchRecord record : now.records()) {
            if (!record.merged()) {
                continue;
            }
            Set<String> items = record.entries().stream()
                    .filter(entry -> !entry.isLive() && !entry.outcome().retry())
                    .map(Entry::name)
                    .filter(now.told().forgotten()::contains)
                    .collect(Collectors.toSet());
            if (!items.isEmpty() && !isBeingMerged(record, now.records())) {
                plan.add(new Action.Forget(record, items));
            }
        }
    }

    /** A merge that was broken off is finished only where the merged record has every entry of the others. */
    private static boolean isBeingMerged(BatchRecord merged, Collection<BatchRecord> records) {
        Set<Integer> batches = merged.entries().stream().map(Entry::batch).collect(Collectors.toSet());
        return records.stream()
                .anyMatch(record -> record != merged
                        && record.entries().stream().anyMatch(entry -> batches.contains(entry.batch())));
    }
}
