package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Which actions have to wait, by their keys, and why. Used by one thread at a time. */
final class Holds {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), 2, Duration.ofSeconds(30), 0.2);
    /** Who lost a race looks again at once, and when it loses again and again, less and less often. */
    private static final Backoff RACE = new Backoff(Duration.ofMillis(200), 2, Duration.ofSeconds(30), 0.2);
    /** So many races in a row are none any more: that has to be told. */
    private static final int RACES = 6;
    /** Pods that are being stopped take their grace period: clearing away is looked after again only then. */
    private static final Duration SETTLE = Duration.ofSeconds(10);
    /** While an action is tried again it is still known what was wrong the last time. */
    private static final Duration REMEMBER = Duration.ofSeconds(30);
    /** So often an item's pod is refused for its own sake before that is believed. */
    private static final int UNFIT_TRIES = 3;

    private static final String AGAIN = " It is tried again until it works.";

    private final Consumer<Event> events;
    private final Map<String, Underway.Hold> held = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Underway.Unfit> unfit = new HashMap<>();

    Holds(Consumer<Event> events) {
        this.events = events;
    }

    Map<String, Underway.Hold> held(Instant now) {
        held.values().removeIf(hold -> hold.until().plus(REMEMBER).isBefore(now));
        failures.keySet().retainAll(held.keySet());
        return Map.copyOf(held);
    }

    Map<String, Underway.Unfit> unfit() {
        return Map.copyOf(unfit);
    }

    /** Forgets what belongs to batches that are no more. */
    void keepOnly(Set<Integer> batches) {
        unfit.values().removeIf(one -> !batches.contains(one.batch()));
    }

    void forget(String key) {
        held.remove(key);
        failures.remove(key);
    }

    /** It is done, and to be looked after again only when that has had its effect. */
    void settle(String key, Instant now) {
        forget(key);
        held.put(key, new Underway.Hold(now.plus(SETTLE), "", ""));
    }

    /** Returns how often that has failed in a row. */
    int failed(String key) {
        return failures.merge(key, 1, Integer::sum);
    }

    void hold(String key, ClusterException failure, Instant now) {
        String sentence = failure.getMessage();
        switch (failure.kind()) {
            case CONFLICT, GONE -> race(key, now, sentence);
            case TAKEN -> trouble(key, now, Underway.Hold.TAKEN, sentence);
            case QUOTA -> trouble(key, now, Underway.Hold.QUOTA, sentence);
            case REFUSED, UNFIT -> tell(key, now, Underway.Hold.REFUSED, sentence + AGAIN);
            default -> trouble(key, now, "ApiServerUnavailable", sentence);
        }
    }

    void unexpected(String key, Throwable e, Instant now) {
        tell(key, now, "Unexpected", "A defect in Task Queue, please report it: " + e + "." + AGAIN);
    }

    /** Somebody was first, or it is gone: no trouble, unless it does not end. */
    private void race(String key, Instant now, String sentence) {
        int count = failures.getOrDefault(key, 1);
        boolean endless = count >= RACES;
        Instant until = now.plus(RACE.delay(count, key.hashCode()));
        held.put(key, new Underway.Hold(until, endless ? "Conflict" : "", endless ? sentence : ""));
    }

    void trouble(String key, Instant now, String reason, String sentence) {
        Instant until = now.plus(BACKOFF.delay(failures.getOrDefault(key, 1), key.hashCode()));
        held.put(key, new Underway.Hold(until, reason, sentence));
    }

    /** The same, which is also told where nothing else is in the same trouble. */
    private void tell(String key, Instant now, String reason, String sentence) {
        boolean known = held.values().stream().anyMatch(hold -> hold.reason().equals(reason));
        trouble(key, now, reason, sentence);
        if (!known) {
            events.accept(new Event.Notice(sentence));
        }
    }

    /** An item's pod is refused for its own sake. */
    void unfit(String key, int batch, String sentence) {
        if (failures.getOrDefault(key, 0) >= UNFIT_TRIES) {
            unfit.put(key, new Underway.Unfit(batch, sentence));
        }
    }

    /** Not before then, if that is later. */
    void atLeastUntil(String key, Instant until) {
        held.computeIfPresent(
                key,
                (same, hold) ->
                        until.isAfter(hold.until()) ? new Underway.Hold(until, hold.reason(), hold.sentence()) : hold);
    }
}
