package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When an item's attempts are used up, and when its next may come, by what {@link Truth} knows. */
final class Budgets {
    private static final int LOG_TRIES = 3;
    /** The first delay, without what jitter takes off at the most. */
    private static final double LEAST_DELAY_MILLIS = 800;

    private static final double LONGEST_DELAY_MILLIS = 240_000;

    int retries = Integer.MAX_VALUE;
    int disruptionRetries = Integer.MAX_VALUE;
    Duration startTimeout = Duration.ZERO;

    /** Whether somebody may know that they are. */
    boolean areUsedUp(Truth truth, String entry) {
        return Truth.count(truth.failed, entry) > retries || Truth.count(truth.takenAway, entry) > disruptionRetries;
    }

    /** Whether everybody knows that they are. */
    boolean areKnownToBeUsedUp(Truth truth, String entry) {
        return truth.countKnown(truth.failed, entry) > retries
                || truth.countKnown(truth.takenAway, entry) > disruptionRetries;
    }

    /** Whether a pod of them waits for its container for so long that its item may be failed. */
    boolean isOverdue(Truth truth, List<PodView> pods, Instant now) {
        return pods.stream()
                .map(pod -> truth.waits.get(pod.name()))
                .anyMatch(since -> since != null && !since.plus(startTimeout).isAfter(now));
    }

    /** How many of the entries that have these pods have failed, recorded or not. */
    int failures(Truth truth, Collection<PodView> pods, Instant now) {
        return (int) pods.stream()
                .filter(pod -> areUsedUp(truth, Truth.entry(pod)) || isOverdue(truth, List.of(pod), now))
                .map(Truth::entry)
                .distinct()
                .count();
    }

    boolean isTooSoon(Truth truth, PodView pod, Instant now) {
        Instant ended = truth.ended.get(Truth.entry(pod));
        Map<String, Set<String>> cause = truth.lastCause.get(Truth.entry(pod));
        if (ended == null || cause == null) {
            return false;
        }
        int failures = truth.countKnown(cause, Truth.entry(pod));
        double least = Math.min(LEAST_DELAY_MILLIS * Math.pow(2, failures - 1.0), LONGEST_DELAY_MILLIS);
        return ended.plusMillis((long) least).isAfter(now);
    }

    /** Whether the log of the attempt that decided was to be had, and the record does not have it. */
    boolean hasLog(Truth truth, Entry entry, List<PodView> pods) {
        return pods.stream()
                .max(Comparator.comparingInt(PodView::attempt))
                .filter(pod -> pod.isTerminal() && pod.started() != null && pod.phase() != PodView.Phase.GONE)
                .filter(pod -> truth.logRefusals.getOrDefault(pod.name(), 0) < LOG_TRIES)
                .filter(pod -> entry.outcome().logTail().isEmpty())
                .isPresent();
    }
}
