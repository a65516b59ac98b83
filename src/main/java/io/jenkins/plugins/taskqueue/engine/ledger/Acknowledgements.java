package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.Backoff;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Untold;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rows a source that wants to be told has to be told of, and which it has forgotten. Used by one thread. */
final class Acknowledgements {
    /** Records forget when so many items could be forgotten: then it is worth its writes. */
    static final int MANY = 600;
    /** So many of them stay for people to look at, the newest. */
    static final int KEPT = 300;

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 0.2);

    private final Set<Row> listed = new LinkedHashSet<>();
    /** No longer listed, and the source was told of them by this manager. */
    private final Set<Row> gone = new LinkedHashSet<>();
    /** No longer listed, and nobody knows whether the source was told. */
    private final Set<Row> unsure = new LinkedHashSet<>();

    /** Some names of {@link #gone}, found when one of them came back or there were so many. */
    private Set<String> forgotten = Set.of();

    private boolean cameBack;
    private int tooMany = MANY;

    /** Something changed about the row: its entry, whether it is listed, or whether it was told. */
    void settle(Row row) {
        boolean ended = row.hasToldOutcome();
        boolean unlisted = ended && !row.listed;
        place(listed, row, ended && row.listed);
        place(unsure, row, unlisted && !row.isTold());
        boolean isGone = unlisted && row.isTold();
        cameBack |= place(gone, row, isGone) && !isGone;
    }

    /** Whether that changed the set. */
    private static boolean place(Set<Row> rows, Row row, boolean belongs) {
        return belongs ? rows.add(row) : rows.remove(row);
    }

    /** What became of an attempt to tell: the state that was told, or null. */
    void tried(Row row, ItemState state, long poll, Instant now) {
        row.tries++;
        row.tellAgain = now.plus(BACKOFF.delay(row.tries, row.name.hashCode()));
        if (state != null) {
            row.told = state;
            row.toldAtPoll = poll;
        }
        settle(row);
    }

    /**
     * Rows that are listed come first. Those that are not are told once more where nobody knows that they were, so that
     * they can be forgotten: after a restart, for instance.
     *
     * @param answered which poll brought the listing
     */
    List<Untold> untold(int most, long answered, Instant now) {
        Stream<Row> unknown = gone.size() + unsure.size() < MANY ? Stream.of() : unsure.stream();
        return Stream.concat(listed.stream().filter(row -> !row.isTold() || row.toldAtPoll < answered), unknown)
                .filter(row -> !row.tellAgain.isAfter(now))
                .limit(most)
                .map(row -> new Untold(row.name, row.entry.outcome()))
                .toList();
    }

    /** When the next row that was tried in vain may be tried again; {@link Instant#MAX} where none waits for time. */
    Instant nextTry(Instant now) {
        return listed.stream()
                .filter(row -> !row.isTold())
                .map(row -> row.tellAgain)
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** How many listed items have ended and were not told yet. */
    int owed() {
        return (int) listed.stream().filter(row -> !row.isTold()).count();
    }

    /** There may be very many, so they are not looked through in each pass. */
    Set<String> forgotten() {
        if (cameBack || gone.size() >= tooMany) {
            boolean many = gone.size() >= MANY;
            forgotten = many
                    ? gone.stream()
                            .limit(gone.size() - KEPT)
                            .map(row -> row.name)
                            .collect(Collectors.toSet())
                    : Set.of();
            tooMany = many ? gone.size() + KEPT : MANY;
            cameBack = false;
        }
        return forgotten;
    }
}
