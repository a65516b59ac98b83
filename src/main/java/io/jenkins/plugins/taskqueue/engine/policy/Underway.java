package io.jenkins.plugins.taskqueue.engine.policy;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What the manager has begun and not finished, or has to wait with. Lost in a restart, and nothing is lost by that.
 *
 * @param running keys of the actions that are being carried out
 * @param held actions that are not to be tried again before a time, by key
 * @param unfit why items can have no pod, by the key of its creation
 * @param looks since when pods have been known that were read anew, by pod name
 * @param logs the log tails in hand, by pod name; empty text where there was none to be had
 * @param reports what was last reported into each Job's status, by batch number
 */
public record Underway(
        Set<String> running,
        Map<String, Hold> held,
        Map<String, Unfit> unfit,
        Map<String, Instant> looks,
        Map<String, String> logs,
        Map<Integer, Report> reports) {

    public static final Underway NOTHING = new Underway(Set.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /**
     * @param reason one word, which the item waits for
     * @param sentence what went wrong; empty where nothing did
     */
    public record Hold(Instant until, String reason, String sentence) {
        /** The reason where an admission quota refuses the object. */
        public static final String QUOTA = "QuotaExceeded";
        /** The reason where the API server refuses the object or the change as it is. */
        public static final String REFUSED = "Refused";
        /** The reason where something that is not the queue's has the object's name. */
        public static final String TAKEN = "NameTaken";
    }

    /** That the API server does not take an item's pod, and takes others. */
    public record Unfit(int batch, String sentence) {}

    /** @param digest what the status said */
    public record Report(Instant at, String digest) {}

    /** Whether a call to the cluster is under way: what it does may not be seen yet. */
    public boolean isCalling() {
        return running.stream().anyMatch(key -> !key.startsWith(Action.Tell.KEY));
    }

    public boolean isFree(String key, Instant now) {
        Hold hold = held.get(key);
        return !running.contains(key) && (hold == null || !hold.until().isAfter(now));
    }
}
