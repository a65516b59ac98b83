package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.policy.Action;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes how items ended. What the API server refuses, since a rule finds a secret in the end of a log for instance, holds
 * up no other item of its batch: each is written by itself then, and what is refused again and again without its texts.
 */
final class OutcomeWrites {
    /** So often one is refused by itself before that is believed. */
    private static final int TRIES = 3;

    private static final String LEFT_OUT = "What its worker told is not kept, since the API server refuses it.";

    private final Cluster cluster;
    /** How often an item's outcome was refused by itself, by batch and index. */
    private final Map<Integer, Map<Integer, Integer>> refused = new HashMap<>();

    OutcomeWrites(Cluster cluster) {
        this.cluster = cluster;
    }

    void write(Action.WriteOutcomes write) throws ClusterException, InterruptedException {
        try {
            cluster.write(write.record().withAttempts(write.counted()).withOutcomes(write.outcomes()));
        } catch (ClusterException e) {
            if (e.kind() != Kind.REFUSED) {
                throw e;
            }
            each(write, cluster.write(write.record())); // a rule that refuses them all refuses that too
        }
    }

    private void each(Action.WriteOutcomes write, BatchRecord asItIs) throws ClusterException, InterruptedException {
        BatchRecord record = asItIs;
        ClusterException refusal = null;
        for (Entry entry : asItIs.entries()) {
            if (with(write, record, entry.index(), false).equals(record)) {
                continue;
            }
            try {
                record = one(write, record, entry.index());
            } catch (ClusterException e) {
                if (e.kind() != Kind.REFUSED) {
                    throw e;
                }
                refusal = e;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private BatchRecord one(Action.WriteOutcomes write, BatchRecord record, int index)
            throws ClusterException, InterruptedException {
        try {
            return cluster.write(with(write, record, index, false));
        } catch (ClusterException e) {
            if (e.kind() != Kind.REFUSED || !isBelieved(record.number(), index)) {
                throw e;
            }
            return cluster.write(with(write, record, index, true));
        }
    }

    private static BatchRecord with(Action.WriteOutcomes write, BatchRecord record, int index, boolean bare) {
        BatchRecord next = record;
        if (write.counted().containsKey(index)) {
            var counted = write.counted().get(index);
            next = next.withAttempts(Map.of(index, bare ? counted.withEnd(LEFT_OUT) : counted));
        }
        if (write.outcomes().containsKey(index)) {
            var outcome = write.outcomes().get(index);
            next = next.withOutcomes(Map.of(index, bare ? outcome.withoutTexts(LEFT_OUT) : outcome));
        }
        return next;
    }

    private synchronized boolean isBelieved(int batch, int index) {
        return refused.computeIfAbsent(batch, none -> new HashMap<>()).merge(index, 1, Integer::sum) >= TRIES;
    }

    /** Forgets what belongs to batches that are no more. */
    synchronized void keepOnly(Set<Integer> batches) {
        refused.keySet().retainAll(batches);
    }
}
