package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items whose claim the API server refused, by a rule about what records may hold for instance. Each is claimed by itself
 * from then on, so that it holds up no other; and what is refused while others are taken fails in the end. Thread-safe.
 */
final class Refusals {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2);
    /** So many refusals, with a claim of others that was taken before each. */
    private static final int TRIES = 6;

    private final Map<String, Refusal> refused = new HashMap<>();
    /** How many claims were taken. */
    private long taken;

    private record Refusal(int tries, int counted, long taken, Instant until, String why) {}

    synchronized void taken(Collection<String> items) {
        taken++;
        refused.keySet().removeAll(items);
    }

    /**
     * The claim of these was refused.
     *
     * @return whether that is their own matter, since others are taken meanwhile
     */
    synchronized boolean refuse(List<String> items, Instant now, String why) {
        if (items.size() > 1) {
            Refusal first = new Refusal(0, 0, taken, now, why);
            items.forEach(item -> refused.putIfAbsent(item, first));
            return false;
        }
        String item = items.get(0);
        Refusal before = refused.getOrDefault(item, new Refusal(0, 0, taken, now, why));
        boolean own = before.taken() < taken;
        int tries = before.tries() + 1;
        Instant until = now.plus(BACKOFF.delay(tries, item.hashCode()));
        refused.put(item, new Refusal(tries, before.counted() + (own ? 1 : 0), taken, until, why));
        return own;
    }

    synchronized boolean isAlone(String item) {
        return refused.containsKey(item);
    }

    /** Why the item can't be claimed, now or ever; empty where it can. */
    synchronized Optional<String> unfit(String item) {
        return Optional.ofNullable(refused.get(item))
                .filter(refusal -> refusal.counted() >= TRIES)
                .map(Refusal::why);
    }

    synchronized boolean isReady(String item, Instant now) {
        Refusal refusal = refused.get(item);
        return refusal == null || !refusal.until().isAfter(now);
    }

    synchronized Instant nextReady(Instant now) {
        return refused.values().stream()
                .map(Refusal::until)
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    synchronized boolean isEmpty() {
        return refused.isEmpty();
    }

    synchronized void keepOnly(Collection<String> listed) {
        refused.keySet().retainAll(listed);
    }
}
