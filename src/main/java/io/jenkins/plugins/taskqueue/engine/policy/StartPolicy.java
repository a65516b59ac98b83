package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the pending items that there are free slots for in one new batch, or in several where they do not fit in one. None
 * is begun while the pods of the last are still being created, so a slow queue gets batches of one item at once and a busy
 * one larger batches by itself.
 */
final class StartPolicy {
    /** A batch of its own costs four to five writes, so a busy queue gathers the slots that come free for so long, */
    static final Duration GATHER = Duration.ofMillis(400);
    /** or, with more slots than this, for as many times longer: the share of them that is idle stays the same, */
    private static final int FEW = 50;
    /** but not for longer than so many times. */
    private static final int LONGEST = 4;
    /** With this share of the slots free there is nothing to gather for. */
    private static final int ENOUGH = 5;

    private StartPolicy() {}

    static void plan(QueueSpec spec, Situation now, List<Judged> batches, Planner plan) {
        if (!now.run().settled()) {
            plan.add(new Action.Settle());
            return;
        }
        // Takes no slot; and only what is in a record holds, whoever goes on with the queue.
        if (!now.cancelled().pending().isEmpty()) {
            plan.add(new Action.ClaimCancelled(
                    now.run().claimed() + 1, now.cancelled().pending()));
            return;
        }
        String awaited = now.strays().awaited();
        if (!awaited.isEmpty()) {
            plan.say(awaited);
            return;
        }
        int free = spec.parallelism() - batches.stream().mapToInt(Judged::slots).sum();
        List<Situation.Candidate> candidates = startable(now, batches);
        if (free <= 0 || candidates.isEmpty() || now.paused() || isCreating(batches)) {
            return;
        }
        String common = now.proven() ? "" : SameReasonPolicy.commonReason(batches);
        if (!common.isEmpty()) {
            plan.say("No more items are started: no worker has started yet, and all that were wait for one reason: "
                    + common + ".");
            return;
        }
        int most = Math.min(Math.min(free, Decision.MOST_CLAIMED), candidates.size());
        Instant gathered = now.lastClaim().equals(Instant.MIN)
                ? Instant.MIN
                : now.lastClaim().plus(gather(spec.parallelism()));
        if (most < spec.batchItems() && free * ENOUGH < spec.parallelism() && gathered.isAfter(plan.now())) {
            plan.wakeAt(gathered);
            return;
        }
        plan.add(new Action.Claim(now.run().claimed() + 1, candidates.subList(0, most), spec.parallelism()));
    }

    static Duration gather(int parallelism) {
        return GATHER.multipliedBy(Math.max(FEW, Math.min(parallelism, LONGEST * FEW)))
                .dividedBy(FEW);
    }

    /** An item that a person wants done again waits until the pod of its last attempt, told to end, has ended. */
    private static List<Situation.Candidate> startable(Situation now, List<Judged> batches) {
        Set<String> lingering = batches.stream().flatMap(Judged::lingering).collect(Collectors.toSet());
        return now.candidates().stream()
                .filter(candidate -> !lingering.contains(candidate.name()))
                .toList();
    }

    private static boolean isCreating(List<Judged> batches) {
        for (Judged judged : batches) {
            boolean suspended =
                    judged.batch().job() != null && judged.batch().job().suspended();
            for (Progress progress : judged.items()) {
                if (!suspended && progress instanceof Progress.Due due && due.attempt() == 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
