package io.jenkins.plugins.taskqueue.engine.ledger;

import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.THEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.StatusPage;
import io.jenkins.plugins.taskqueue.engine.status.StatusQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows are sorted by name as the last listing has them, whatever the ones before were. */
class NamesOfListingsTest {
    private final LedgerView view = new LedgerView();

    @Test
    void eachListingIsSortedByItsOwnNames() {
        assertThat(sorted("b", "a")).containsExactly("a", "b");
        assertThat(sorted("b", "a", "0", "c")).containsExactly("0", "a", "b", "c");
        assertThat(sorted("c", "0", "b", "a")).containsExactly("0", "a", "b", "c");
        assertThat(sorted("z", "c", "0", "b")).containsExactly("0", "b", "c", "z");
        assertThat(sorted("c")).containsExactly("c");
        assertThat(sorted("x", "y", "c")).containsExactly("c", "x", "y");
    }

    private List<String> sorted(String... names) {
        view.ledger.list(Listing.of(names), THEN);
        Status status =
                new Status("q", "run-2", Status.Phase.RUNNING, "", 1, Map.of(), 1, THEN, THEN, null, view.show());
        return StatusPage.of(status, StatusQuery.parse("sort=name"), THEN).rows().stream()
                .map(ItemStatus::name)
                .toList();
    }
}
