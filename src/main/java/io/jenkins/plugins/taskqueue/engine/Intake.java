package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What came from the source: the last complete listing, and the items that can't be started yet because their data could
 * not be had. Thread-safe: the poller and the claims write, the loop reads.
 */
final class Intake {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2);
    /**
     * So many tries for one item's data, with a good listing after each but the last, and for so long at least: then the
     * item FAILS. While the source itself is in trouble nothing is counted against its items, and a trouble of minutes
     * must not fail a whole queue.
     */
    static final int DATA_TRIES = 6;

    static final Duration DATA_PATIENCE = Duration.ofMinutes(10);

    private final Map<String, Hold> holds = new HashMap<>();
    private final Refusals refusals = new Refusals();
    private Listing listing = Listing.NONE;
    private Instant listedAt = Instant.MIN;
    private long polls;
    private long asked;
    private long answered;
    private String trouble = "";

    /**
     * @param failures tries that failed
     * @param counted those of them that had a good listing before
     * @param since when the first of them was
     * @param poll the number of good listings when it was last counted
     * @param why what went wrong the last time; empty with an unknown item
     */
    private record Hold(
            int failures,
            int counted,
            Instant since,
            long poll,
            Instant until,
            long untilPoll,
            boolean unknown,
            String why) {}

    synchronized void accept(Listing fresh, Instant now) {
        listing = fresh;
        listedAt = now;
        trouble = "";
        polls++;
        answered = asked;
        if (!holds.isEmpty() || !refusals.isEmpty()) {
            Set<String> listed = Set.copyOf(fresh.names());
            holds.keySet().retainAll(listed);
            refusals.keepOnly(listed);
        }
    }

    /** The source is being asked for its items; one poll at a time. */
    synchronized void ask() {
        asked++;
    }

    /** How often the source has been asked, the poll that is under way included. */
    synchronized long asked() {
        return asked;
    }

    /** Which of the polls brought the listing. */
    synchronized long answered() {
        return answered;
    }

    synchronized void fail(String sentence) {
        trouble = sentence;
    }

    synchronized Listing listing() {
        return listing;
    }

    synchronized Instant listedAt() {
        return listedAt;
    }

    /** Why there is no fresh listing; empty where there is one. */
    synchronized String trouble() {
        return trouble;
    }

    /** Which data can't be had, and why; empty where all can. */
    synchronized String missing() {
        return holds.entrySet().stream()
                .filter(hold -> !hold.getValue().why().isEmpty())
                .min(Map.Entry.comparingByKey())
                .map(hold -> "The data of the item \"" + hold.getKey() + "\" is asked for again: "
                        + hold.getValue().why())
                .orElse("");
    }

    /** Items whose claim was refused. */
    Refusals refusals() {
        return refusals;
    }

    /** Whether the item may be started now. */
    synchronized boolean isReady(String item, Instant now) {
        Hold hold = holds.get(item);
        return refusals.isReady(item, now)
                && (hold == null || (!hold.until().isAfter(now) && hold.untilPoll() <= polls));
    }

    /** When the next held item may be tried again; {@link Instant#MAX} where none waits for time. */
    synchronized Instant nextReady(Instant now) {
        return holds.values().stream()
                .map(Hold::until)
                .filter(now::isBefore)
                .reduce(refusals.nextReady(now), (one, other) -> one.isBefore(other) ? one : other);
    }

    /**
     * The item's data could not be had.
     *
     * @return whether it will be tried again
     */
    synchronized boolean hold(String item, Instant now, String why) {
        Hold before = holds.get(item);
        int failures = before == null ? 1 : before.failures() + 1;
        boolean counts = before == null || before.poll() < polls;
        int counted = (before == null ? 0 : before.counted()) + (counts ? 1 : 0);
        Instant since = before == null ? now : before.since();
        if (counted >= DATA_TRIES && !since.plus(DATA_PATIENCE).isAfter(now)) {
            holds.remove(item);
            return false;
        }
        Instant until = now.plus(BACKOFF.delay(failures, item.hashCode()));
        holds.put(item, new Hold(failures, counted, since, polls, until, 0, false, why));
        return true;
    }

    /**
     * The source does not know the item (404). It waits for the next listing; if that still has it, the item has no data.
     *
     * @return whether it still was listed after an earlier 404
     */
    synchronized boolean holdUnknown(String item, Instant now) {
        Hold before = holds.get(item);
        if (before != null && before.unknown()) {
            holds.remove(item);
            return true;
        }
        holds.put(item, new Hold(0, 0, now, polls, now, polls + 1, true, ""));
        return false;
    }

    synchronized void release(String item) {
        holds.remove(item);
    }
}
