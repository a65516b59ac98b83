package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastSeenTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private static ItemStatus row(int id, ItemState state) {
        return new ItemStatus(id, "item " + id, state, "Why", "", 1, 1, THEN, THEN, null, "", "", 1);
    }

    @Test
    void nothingGoesOnAndWhatHadEndedStays() {
        Map<ItemState, Integer> counts =
                Map.of(ItemState.SUCCEEDED, 1, ItemState.RUNNING, 1, ItemState.PENDING, 1, ItemState.CANCELLED, 2);
        var rows = List.of(row(1, ItemState.SUCCEEDED), row(2, ItemState.RUNNING), row(3, ItemState.PENDING));
        var kept = new Status("q", "run", Status.Phase.RUNNING, "", 2, counts, 1, THEN, THEN, null, rows);

        Status shown = LastSeen.of(kept, "The build was killed.");

        assertThat(shown.phase()).isEqualTo(Status.Phase.CANCELLED);
        assertThat(shown.sentence()).isEqualTo("The build was killed.");
        assertThat(shown.count(ItemState.CANCELLED)).isEqualTo(4);
        assertThat(shown.count(ItemState.RUNNING) + shown.count(ItemState.PENDING))
                .isZero();
        assertThat(shown.items())
                .extracting(ItemStatus::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.CANCELLED, ItemState.CANCELLED);
        assertThat(shown.items().get(1).ran(THEN.plusSeconds(60))).isEmpty();
    }
}
