package io.jenkins.plugins.taskqueue.engine.ledger;

import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.THEN;
import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.merged;
import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.outcome;
import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.record;
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
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final LedgerView view = new LedgerView();
    private final Ledger ledger = view.ledger;

    @Test
    void whatAnEarlierRunFailedAtWaitsFromThisRunsFirstListingOn() {
        Instant tonight = THEN.plusSeconds(86_400);
        ledger.fold(List.of(record(1, "run-1", ItemState.FAILED, "a"), record(2, "run-2", ItemState.FAILED, "b")));
        ledger.list(Listing.of("a", "b"), tonight);
        ledger.list(Listing.of("a", "b", "c"), tonight.plusSeconds(10));

        assertThat(view.show()).extracting(ItemStatus::listed).containsExactly(tonight, THEN, tonight.plusSeconds(10));
    }

    @Test
    void showsTheItemsInTheListingsOrder() {
        ledger.list(Listing.of("c", "a", "b"), THEN);
        assertThat(view.states().keySet()).containsExactly("c", "a", "b");

        ledger.list(Listing.of("a", "b", "c"), THEN);
        assertThat(view.states().keySet()).containsExactly("a", "b", "c");
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
        assertThat(view.states().keySet()).containsExactly("b");

        assertThat(ledger.list(Listing.of("a", "b"), THEN.plusSeconds(9))).isEqualTo(1);
        assertThat(view.show().get(0).listed()).isEqualTo(THEN.plusSeconds(9));
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

        assertThat(view.states().values())
                .containsExactly(
                        ItemState.PENDING,
                        ItemState.SKIPPED,
                        ItemState.PENDING,
                        ItemState.FAILED,
                        ItemState.PENDING,
                        ItemState.STARTING);
        assertThat(view.pending()).containsExactly("new", "failed before", "cancelled");
        assertThat(ledger.failed()).isEqualTo(1);
        assertThat(view.table.counts()).containsEntry(ItemState.PENDING, 3).containsEntry(ItemState.SKIPPED, 1);
    }

    @Test
    void theOrderInWhichRecordsComeDoesNotMatter() {
        BatchRecord old = record(1, "run-2", ItemState.FAILED, "a");
        BatchRecord fresh = record(7, "run-2", ItemState.SUCCEEDED, "a");
        ledger.list(Listing.of("a"), THEN);
        ledger.fold(List.of(fresh));
        ledger.fold(List.of(fresh, old));

        assertThat(view.states()).containsEntry("a", ItemState.SUCCEEDED);
        assertThat(ledger.failed()).isZero();
    }

    @Test
    void aRecordThatIsWrittenReplacesWhatItSaid() {
        ledger.list(Listing.of("a"), THEN);
        BatchRecord live = record(1, "run-2", null, "a");
        ledger.fold(List.of(live));
        ledger.fold(List.of(live.withOutcomes(Map.of(0, outcome(ItemState.FAILED)))));
        assertThat(ledger.failed()).isEqualTo(1);
        assertThat(view.pending()).isEmpty();

        ledger.fold(
                List.of(live.withOutcomes(Map.of(0, outcome(ItemState.FAILED).withRetry()))));
        assertThat(ledger.failed()).as("somebody asked to do it again").isZero();
        assertThat(view.pending()).containsExactly("a");
    }

    @Test
    void aMergeChangesNothingAndWhatItLeavesOutIsStillShown() {
        BatchRecord a = record(1, "run-2", ItemState.FAILED, "a");
        BatchRecord b = record(2, "run-2", ItemState.SUCCEEDED, "b");
        ledger.list(Listing.of("a", "b"), THEN);
        ledger.fold(List.of(a, b));
        List<ItemStatus> before = view.show();

        ledger.fold(List.of(a, b, merged(a, b)));
        ledger.fold(List.of(merged(a, b)));

        assertThat(view.show()).isSameAs(before);
        assertThat(before.get(0).message()).isEqualTo("a sentence");
        assertThat(ledger.failed()).isEqualTo(1);
    }

    @Test
    void aRetryThatWasAskedForDuringAMergeCountsInWhicheverOrderTheTwoAreSeen() {
        BatchRecord a = record(1, "run-2", ItemState.FAILED, "a");
        BatchRecord marked = a.withRetries(entry -> true);
        ledger.list(Listing.of("a"), THEN);

        ledger.fold(List.of(marked, merged(a)));
        assertThat(view.pending()).containsExactly("a");
        ledger.fold(List.of(merged(a), marked));
        assertThat(view.pending()).containsExactly("a");
        assertThat(ledger.failed()).isZero();
    }

    /** A backup was restored that was taken before. */
    @Test
    void aRetryThatIsNotInTheRecordAnyMoreIsNotDone() {
        BatchRecord a = record(1, "run-2", ItemState.FAILED, "a");
        ledger.list(Listing.of("a"), THEN);
        ledger.fold(List.of(a.withRetries(entry -> true)));
        ledger.fold(List.of(record(1, "run-2", null, "a")));
        assertThat(view.pending()).isEmpty();

        ledger.fold(List.of(record(1, "run-2", ItemState.SUCCEEDED, "a")));
        assertThat(view.states()).containsEntry("a", ItemState.SUCCEEDED);
    }

    @Test
    void aRecordThatIsNoMoreTakesBackWhatItSaid() {
        ledger.list(Listing.of("a", "b"), THEN);
        ledger.fold(List.of(record(1, "run-2", ItemState.FAILED, "a"), record(2, "run-2", ItemState.FAILED, "b")));
        ledger.fold(List.of(record(1, "run-2", ItemState.FAILED, "a")));

        assertThat(view.states()).containsEntry("a", ItemState.FAILED).containsEntry("b", ItemState.PENDING);
        assertThat(view.pending()).containsExactly("b");
        assertThat(ledger.failed()).isEqualTo(1);
    }

    @Test
    void whatThisRunDidIsShownThoughItIsListedNoMore() {
        ledger.list(Listing.of("a", "b"), THEN);
        ledger.fold(
                List.of(record(1, "run-2", ItemState.SUCCEEDED, "a"), record(2, "run-1", ItemState.SUCCEEDED, "b")));
        ledger.list(Listing.of(), THEN);

        assertThat(view.states().keySet()).containsExactly("a");
        assertThat(view.pending()).isEmpty();
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
        view.show();
        long before = view.table.revision();
        ledger.fold(List.of(record(1, "run-2", ItemState.SUCCEEDED, "b")));

        assertThat(view.show()).extracting(item -> item.revision() > before).containsExactly(false, true);
        assertThat(view.table.revision()).isGreaterThan(before);
    }

    @Test
    void whereNothingChangedTheSameRowsAreShownAgain() {
        ledger.list(Listing.of("a", "b"), THEN);
        List<ItemStatus> before = view.show();
        long revision = view.table.revision();

        assertThat(view.show()).isSameAs(before);
        assertThat(view.table.revision()).isEqualTo(revision);
        assertThat(ledger.takeDirty()).isEmpty();
    }

    @Test
    void aBatchThatIsNoMoreIsShownAsItsRecordSays() {
        BatchRecord cancelled = record(1, "run-2", ItemState.CANCELLED, "a");
        ledger.list(Listing.of("a"), THEN);
        ledger.fold(List.of(cancelled));
        Progress unwritten = new Progress.Ended(outcome(ItemState.SUCCEEDED), null, false);
        Judged judged = new Judged(Batch.of(cancelled, null, List.of()), List.of(unwritten));
        view.update.apply(List.of(judged), Stop.NO, Underway.NOTHING);
        assertThat(view.table.publish().get(0).state()).isEqualTo(ItemState.SUCCEEDED);

        assertThat(view.states()).containsEntry("a", ItemState.CANCELLED);
    }

    @Test
    void aWorkerThatHasStartedProvesTheRunAndOneOfAnEarlierRunDoesNot() {
        ledger.fold(List.of(record(1, "run-1", ItemState.SUCCEEDED, "a")));
        assertThat(ledger.isProven()).isFalse();
        ledger.fold(List.of(record(1, "run-1", ItemState.SUCCEEDED, "a"), record(2, "run-2", ItemState.FAILED, "b")));
        assertThat(ledger.isProven()).isTrue();
    }
}
