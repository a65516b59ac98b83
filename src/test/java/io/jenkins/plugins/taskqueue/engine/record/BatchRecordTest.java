package io.jenkins.plugins.taskqueue.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchRecordTest {
    private static final BatchRecord LIVE =
            new BatchRecord(1, false, Instant.EPOCH, List.of(new Entry(1, 0, "run", "a", Instant.EPOCH, null)), "1");

    private static Map<Integer, Outcome> outcome(ItemState state) {
        return Map.of(0, Outcome.withoutPod(state, "Why", "", Instant.EPOCH));
    }

    private static ItemState state(BatchRecord record) {
        return record.entries().get(0).outcome().state();
    }

    @ParameterizedTest
    @EnumSource(
            value = ItemState.class,
            names = {"SUCCEEDED", "FAILED", "CANCELLED"})
    void anOutcomeThatIsWrittenGivesWayToASuccessAlone(ItemState written) {
        BatchRecord record = LIVE.withOutcomes(outcome(written));
        assertThat(state(record)).isEqualTo(written);

        assertThat(record.withOutcomes(outcome(ItemState.FAILED))).isEqualTo(record);
        assertThat(record.withOutcomes(outcome(ItemState.CANCELLED))).isEqualTo(record);
        assertThat(state(record.withOutcomes(outcome(ItemState.SUCCEEDED)))).isEqualTo(ItemState.SUCCEEDED);
    }

    @Test
    void attemptsAreCountedOfLiveItemsOnly() {
        Map<Integer, Attempts> counted = Map.of(0, Attempts.NONE.failed(0, "ExitCode"));

        assertThat(LIVE.withAttempts(counted).entries().get(0).attempts().failures())
                .isEqualTo(1);
        BatchRecord ended = LIVE.withOutcomes(outcome(ItemState.FAILED));
        assertThat(ended.withAttempts(counted)).isEqualTo(ended);
    }
}
