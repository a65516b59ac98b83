package io.jenkins.plugins.taskqueue.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.policy.Batch;
import io.jenkins.plugins.taskqueue.engine.policy.Judged;
import io.jenkins.plugins.taskqueue.engine.policy.Progress;
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

class LedgerTest {
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
    void whatAnEarlierRunFailedAtWaitsFromThisRunsFirstListingOn() {
        Instant tonight = THEN.plusSeconds(86_400);
        ledger.fold(List.of(record(1, "run-1", ItemState.FAILED, "a"), record(2, "run-2", ItemState.FAILED, "b")));
        ledger.list(Listing.of("a", "b"), tonight);
        ledger.list(Listing.of("a", "b", "c"), tonight.plusSeconds(10));

        assertThat(show()).extracting(ItemStatus::listed).containsExactly(tonight, THEN, tonight.plusSeconds(10));
    }

    @Test
    void showsTheItemsInTheListingsOrder() {
        ledger.list(Listing.of("c", "a", "b"), THEN);
        assertThat(states().keySet()).containsExactly("c", "a", "b");

        ledger.list(Listing.of("a", "b", "c"), THEN);
        assertThat(states().keySet()).containsExactly("a", "b", "c");
    }

    @Test
    void tellsHowManyItemsAreNew() {
        Listing first = Listing.of("a", "b");
        assertThat(ledger.list(first, THEN)).isEqualTo(2);
        assertThat(ledger.list(first, THEN)).isZero();
        assertThat(ledger.list(Listing.of("b", "c"), THEN)).isEqualTo(1);
    }

    @Test
    void anItemThatIsListedNoMoreIsForgottenAndNewWhenItComesBack() {
        ledger.list(Listing.of("a", "b"), THEN);
        ledger.list(Listing.of("b"), THEN);
        assertThat(states().keySet()).containsExactly("b");

        assertThat(ledger.list(Listing.of("a", "b"), THEN.plusSeconds(9))).isEqualTo(1);
        assertThat(show().get(0).listed()).isEqualTo(THEN.plusSeconds(9));
    }

    @Test
    void foldsListingAndRecordsTogether() {
        ledger.list(Listing.of("new", "done", "failed before", "failed now", "cancelled", "live"), THEN);
        ledger.fold(List.of(
                record(1, "run-1", ItemState.SUCCEEDED, "done"),
                record(2, "run-1", ItemState.FAILED, "failed before"),
                record(3, "run-2", ItemState.FAILED, "failed now"),
                record(4, "run-1", ItemState.CANCELLED, "cancelled"),
                record(5, "run-2", null, "live")));

        assertThat(states().values())
                .containsExactly(
                        ItemState.PENDING,
                        ItemState.SKIPPED,
                        ItemState.PENDING,
                        ItemState.FAILED,
                        ItemState.PENDING,
                        ItemState.STARTING);
        assertThat(pending()).containsExactly("new", "failed before", "cancelled");
        assertThat(ledger.failed()).isEqualTo(1);
        assertThat(table.counts()).containsEntry(ItemState.PENDING, 3).containsEntry(ItemState.SKIPPED, 1);
    }

    @Test
    void theOrderInWhichRecordsComeDoesNotMatter() {
        BatchRecord old = record(1, "run-2", ItemState.FAILED, "a");
        BatchRecord fresh = record(7, "run-2", ItemState.SUCCEEDED, "a");
        ledger.list(Listing.of("a"), THEN);
        ledger.fold(List.of(fresh));
        ledger.fold(List.of(fresh, old));

        assertThat(states()).containsEntry("a", ItemState.SUCCEEDED);
        assertThat(ledger.failed()).isZero();
    }

    @Test
    void aRecordThatIsWrittenReplacesWhatItSaid() {
        ledger.list(Listing.of("a"), THEN);
        BatchRecord live = record(1, "run-2", null, "a");
        ledger.fold(List.of(live));
        ledger.fold(List.of(live.withOutcomes(Map.of(0, outcome(ItemState.FAILED)))));
        assertThat(ledger.failed()).isEqualTo(1);
        assertThat(pending()).isEmpty();

        ledger.fold(
                List.of(live.withOutcomes(Map.of(0, outcome(ItemState.FAILED).withRetry()))));
        assertThat(ledger.failed()).as("somebody asked to do it again").isZero();
        assertThat(pending()).containsExactly("a");
    }

    @Test
    void aMergeChangesNothingAndWhatItLeavesOutIsStillShown() {
        BatchRecord a = record(1, "run-2", ItemState.FAILED, "a");
        BatchRecord b = record(2, "run-2", ItemState.SUCCEEDED, "b");
        ledger.list(Listing.of("a", "b"), THEN);
        ledger.fold(List.of(a, b));
        List<ItemStatus> before = show();

        ledger.fold(List.of(a, b, merged(a, b)));
        ledger.fold(List.of(merged(a, b)));

        assertThat(show()).isSameAs(before);
        assertThat(before.get(0).message()).isEqualTo("a sentence");
        assertThat(ledger.failed()).isEqualTo(1);
    }

    @Test
    void aRetryThatWasAskedForDuringAMergeCountsInWhicheverOrderTheTwoAreSeen() {
        BatchRecord a = record(1, "run-2", ItemState.FAILED, "a");
        BatchRecord marked = a.withRetries(entry -> true);
        ledger.list(Listing.of("a"), THEN);

        ledger.fold(List.of(marked, merged(a)));
        assertThat(pending()).containsExactly("a");
        ledger.fold(List.of(merged(a), marked));
        assertThat(pending()).containsExactly("a");
        assertThat(ledger.failed()).isZero();
    }

    @Test
    void aRecordThatIsNoMoreTakesBackWhatItSaid() {
        ledger.list(Listing.of("a", "b"), THEN);
        ledger.fold(List.of(record(1, "run-2", ItemState.FAILED, "a"), record(2, "run-2", ItemState.FAILED, "b")));
        ledger.fold(List.of(record(1, "run-2", ItemState.FAILED, "a")));

        assertThat(states()).containsEntry("a", ItemState.FAILED).containsEntry("b", ItemState.PENDING);
        assertThat(pending()).containsExactly("b");
        assertThat(ledger.failed()).isEqualTo(1);
    }

    @Test
    void whatThisRunDidIsShownThoughItIsListedNoMore() {
        ledger.list(Listing.of("a", "b"), THEN);
        ledger.fold(
                List.of(record(1, "run-2", ItemState.SUCCEEDED, "a"), record(2, "run-1", ItemState.SUCCEEDED, "b")));
        ledger.list(Listing.of(), THEN);

        assertThat(states().keySet()).containsExactly("a");
        assertThat(pending()).isEmpty();
    }

    @Test
    void candidatesAreTheFirstThatAreReady() {
        ledger.list(Listing.of("a", "b", "c", "d"), THEN);

        assertThat(ledger.candidates(2, item -> !item.equals("a")))
                .containsExactly(new Candidate("b", THEN), new Candidate("c", THEN));
    }

    @Test
    void onlyWhatChangedGetsANewRevision() {
        ledger.list(Listing.of("a", "b"), THEN);
        show();
        long before = table.revision();
        ledger.fold(List.of(record(1, "run-2", ItemState.SUCCEEDED, "b")));

        assertThat(show()).extracting(item -> item.revision() > before).containsExactly(false, true);
        assertThat(table.revision()).isGreaterThan(before);
    }

    @Test
    void whereNothingChangedTheSameRowsAreShownAgain() {
        ledger.list(Listing.of("a", "b"), THEN);
        List<ItemStatus> before = show();
        long revision = table.revision();

        assertThat(show()).isSameAs(before);
        assertThat(table.revision()).isEqualTo(revision);
        assertThat(ledger.takeDirty()).isEmpty();
    }

    @Test
    void aBatchThatIsNoMoreIsShownAsItsRecordSays() {
        BatchRecord cancelled = record(1, "run-2", ItemState.CANCELLED, "a");
        ledger.list(Listing.of("a"), THEN);
        ledger.fold(List.of(cancelled));
        Progress unwritten = new Progress.Ended(outcome(ItemState.SUCCEEDED), null, false);
        Judged judged = new Judged(Batch.of(cancelled, null, List.of()), List.of(unwritten));
        update.apply(List.of(judged), Stop.NO, Underway.NOTHING);
        assertThat(table.publish().get(0).state()).isEqualTo(ItemState.SUCCEEDED);

        assertThat(states()).containsEntry("a", ItemState.CANCELLED);
    }

    @Test
    void aWorkerThatHasStartedProvesTheRunAndOneOfAnEarlierRunDoesNot() {
        ledger.fold(List.of(record(1, "run-1", ItemState.SUCCEEDED, "a")));
        assertThat(ledger.isProven()).isFalse();
        ledger.fold(List.of(record(1, "run-1", ItemState.SUCCEEDED, "a"), record(2, "run-2", ItemState.FAILED, "b")));
        assertThat(ledger.isProven()).isTrue();
    }
}
