package io.jenkins.plugins.taskqueue.engine.ledger;

import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.THEN;
import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.merged;
import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the ledger knows of a source that is told. */
class AcknowledgementsTest {
    private final LedgerView view = new LedgerView();
    private final Ledger ledger = view.ledger;

    @Test
    void whatTheRecordsHaveForgottenIsShownNoMoreAndGoesOnCounting() {
        ledger.list(new Listing(List.of("a", "b", "c"), "", true), THEN);
        ledger.fold(List.of(
                merged(record(1, "run-2", ItemState.SUCCEEDED, "a", "b")), record(2, "run-2", ItemState.FAILED, "c")));
        ledger.list(new Listing(List.of("d"), "", true), THEN);
        view.show();

        BatchRecord forgetful = merged(record(1, "run-2", ItemState.SUCCEEDED, "b"));
        ledger.fold(List.of(forgetful, record(2, "run-2", ItemState.FAILED, "c")));

        assertThat(view.states().keySet()).containsExactly("d", "b", "c");
        assertThat(view.table.counts()).containsEntry(ItemState.SUCCEEDED, 2).containsEntry(ItemState.FAILED, 1);
        ledger.list(new Listing(List.of("d", "e"), "", true), THEN);
        view.show();
        assertThat(view.table.counts()).containsEntry(ItemState.SUCCEEDED, 2);
    }

    @Test
    void failuresThatTheRecordsHaveForgottenCountForTheLimit() {
        ledger.list(new Listing(List.of("a"), "", true), THEN);
        ledger.fold(List.of(merged(record(1, "run-2", ItemState.FAILED, "a"))));
        ledger.list(new Listing(List.of(), "", true), THEN);
        view.show();

        ledger.fold(List.of(new BatchRecord(1, true, THEN, List.of(), "2")));

        assertThat(ledger.failed()).isEqualTo(1);
    }

    @Test
    void whatFailedBeforeIsNotPendingWhereTheSourceIsToldOfIt() {
        ledger.fold(List.of(record(1, "run-1", ItemState.FAILED, "a")));
        ledger.list(new Listing(List.of("a"), "", true), THEN);
        assertThat(view.pending()).isEmpty();
        assertThat(ledger.told(1, THEN).untold())
                .singleElement()
                .satisfies(untold -> assertThat(untold.name()).isEqualTo("a"));

        ledger.list(Listing.of("a"), THEN);
        assertThat(view.pending()).containsExactly("a");
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
