package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.Backoff;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Untold;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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
    private final Set<Row> gone = new LinkedHashSet<>();

    /** Something changed about the row: its entry, or whether it is listed. */
    void settle(Row row) {
        boolean ended = row.hasToldOutcome();
        place(listed, row, ended && row.listed);
        place(gone, row, ended && !row.listed);
    }

    private static void place(Set<Row> rows, Row row, boolean belongs) {
        if (belongs) {
            rows.add(row);
        } else {
            rows.remove(row);
        }
    }

    /** What became of an attempt to tell: the state that was told, or null. */
    static void tried(Row row, ItemState state, long poll, Instant now) {
        row.tries++;
        row.tellAgain = now.plus(BACKOFF.delay(row.tries, row.name.hashCode()));
        if (state != null) {
            row.told = state;
            row.toldAtPoll = poll;
        }
    }

    /**
     * Rows that are listed come first. Those that are not are told once more where nobody knows that they were, so that
     * they can be forgotten: after a restart, for instance.
     *
     * @param answered which poll brought the listing
     */
    List<Untold> untold(int most, long answered, Instant now) {
        Stream<Row> unknown = gone.size() < MANY ? Stream.of() : gone.stream().filter(row -> !row.isTold());
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

    Set<String> forgotten() {
        if (gone.size() < MANY) {
            return Set.of();
        }
        List<Row> told = gone.stream().filter(Row::isTold).toList();
        return told.size() < MANY ? Set.of() : names(told.subList(0, told.size() - KEPT));
    }

    private static Set<String> names(Collection<Row> rows) {
        return rows.stream().map(row -> row.name).collect(Collectors.toSet());
    }
}
