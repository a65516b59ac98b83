package io.jenkins.plugins.taskqueue.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Candidate;
import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the ledger knows of a source that is told. */
class AcknowledgementsTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final Table table = new Table(1000);
    private final Ledger ledger = new Ledger("run-2", table);
    private final TableUpdate update = new TableUpdate(ledger, table, event -> {});

    private static BatchRecord record(int number, String run, ItemState state, String... names) {
        List<Entry> entries = IntStream.range(0, names.length)
                .mapToObj(i -> new Entry(number, i, run, names[i], THEN, state == null ? null : outcome(state)))
                .toList();
        return new BatchRecord(number, false, THEN, entries, "1");
    }

    private static Outcome outcome(ItemState state) {
        return new Outcome(state, "Why", "a sentence", 1, THEN, THEN, "result", "tail", false);
    }

    private static BatchRecord merged(BatchRecord... records) {
        List<Entry> entries = Arrays.stream(records)
                .flatMap(record -> record.entries().stream())
                .map(entry -> entry.withOutcome(entry.outcome().summary()))
                .toList();
        return new BatchRecord(records[records.length - 1].number(), true, THEN, entries, "1");
    }

    private List<ItemStatus> show() {
        update.apply(List.of(), Stop.NO, Underway.NOTHING);
        return table.publish();
    }

    private Map<String, ItemState> states() {
        Map<String, ItemState> states = new LinkedHashMap<>();
        show().forEach(item -> states.put(item.name(), item.state()));
        return states;
    }

    private List<String> pending() {
        return ledger.candidates(100, item -> true).stream()
                .map(Candidate::name)
                .toList();
    }

    @Test
    void whatTheRecordsHaveForgottenIsShownNoMoreAndGoesOnCounting() {
        ledger.list(new Listing(List.of("a", "b", "c"), "", true), THEN);
        ledger.fold(List.of(
                merged(record(1, "run-2", ItemState.SUCCEEDED, "a", "b")), record(2, "run-2", ItemState.FAILED, "c")));
        ledger.list(new Listing(List.of("d"), "", true), THEN);
        show();

        BatchRecord forgetful = merged(record(1, "run-2", ItemState.SUCCEEDED, "b"));
        ledger.fold(List.of(forgetful, record(2, "run-2", ItemState.FAILED, "c")));

        assertThat(states().keySet()).containsExactly("d", "b", "c");
        assertThat(table.counts()).containsEntry(ItemState.SUCCEEDED, 2).containsEntry(ItemState.FAILED, 1);
        ledger.list(new Listing(List.of("d", "e"), "", true), THEN);
        show();
        assertThat(table.counts()).containsEntry(ItemState.SUCCEEDED, 2);
    }

    @Test
    void failuresThatTheRecordsHaveForgottenCountForTheLimit() {
        ledger.list(new Listing(List.of("a"), "", true), THEN);
        ledger.fold(List.of(merged(record(1, "run-2", ItemState.FAILED, "a"))));
        ledger.list(new Listing(List.of(), "", true), THEN);
        show();

        ledger.fold(List.of(new BatchRecord(1, true, THEN, List.of(), "2")));

        assertThat(ledger.failed()).isEqualTo(1);
    }

    @Test
    void whatFailedBeforeIsNotPendingWhereTheSourceIsToldOfIt() {
        ledger.fold(List.of(record(1, "run-1", ItemState.FAILED, "a")));
        ledger.list(new Listing(List.of("a"), "", true), THEN);
        assertThat(pending()).isEmpty();
        assertThat(ledger.told(1, THEN).untold())
                .singleElement()
                .satisfies(untold -> assertThat(untold.name()).isEqualTo("a"));

        ledger.list(Listing.of("a"), THEN);
        assertThat(pending()).containsExactly("a");
        assertThat(ledger.told(1, THEN).untold()).isEmpty();
    }

    @Test
    void anItemIsToldAgainOnlyWhenAListingThatCameAfterwardsHasItAndItsBackoffIsOver() {
        ledger.fold(List.of(record(1, "run-2", ItemState.SUCCEEDED, "a")));
        ledger.list(new Listing(List.of("a"), "", true), THEN);
        assertThat(ledger.owed()).isEqualTo(1);
        ledger.told("a", ItemState.SUCCEEDED, 4, THEN);

        Instant later = THEN.plusSeconds(1);
        assertThat(ledger.owed()).isZero();
        assertThat(ledger.told(4, later).untold()).as("the poll began before").isEmpty();
        assertThat(ledger.told(5, THEN).untold()).as("too soon").isEmpty();
        assertThat(ledger.told(5, later).untold()).hasSize(1);
    }

    @Test
    void whatWasTriedInVainIsTriedAgainAfterItsBackoff() {
        ledger.fold(List.of(record(1, "run-2", ItemState.SUCCEEDED, "a")));
        ledger.list(new Listing(List.of("a"), "", true), THEN);
        ledger.told("a", null, 4, THEN);

        assertThat(ledger.owed()).isEqualTo(1);
        assertThat(ledger.told(4, THEN).untold()).isEmpty();
        Instant next = ledger.nextTelling(THEN);
        assertThat(next).isBetween(THEN.plusMillis(800), THEN.plusSeconds(1));
        assertThat(ledger.told(4, next).untold()).hasSize(1);
    }
}
