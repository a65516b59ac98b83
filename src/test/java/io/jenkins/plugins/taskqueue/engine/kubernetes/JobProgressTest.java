package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobProgressTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.5Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | ''", "5 | 5", "0,1 | 0,1", "0,1,2,3,5 | 0-3,5", "1,3,5,6,7 | 1,3,5-7", "0,1,3,4,5 | 0,1,3-5"
            })
    void indexesAreWrittenAsRanges(String indexes, String expected) {
        var set = new TreeSet<Integer>();
        Arrays.stream(indexes.split(","))
                .filter(one -> !one.isEmpty())
                .map(Integer::valueOf)
                .forEach(set::add);

        assertThat(IndexSet.format(set)).isEqualTo(expected);
    }

    @Test
    void progressCountsItemsAndPods() throws Exception {
        JsonNode status = status(
                record(outcome(ItemState.SUCCEEDED, 2), outcome(ItemState.FAILED, 3), null, null, null),
                List.of(pod(2, 0, Phase.RUNNING), pod(3, 1, Phase.PENDING), pod(4, 0, Phase.FAILED)));

        assertThat(status.path("completedIndexes").asText()).isEqualTo("0");
        assertThat(status.path("failedIndexes").asText()).isEqualTo("1");
        assertThat(status.path("succeeded").asInt()).isEqualTo(1);
        assertThat(status.path("failed").asInt()).isEqualTo(1 + 3 + 1 + 1);
        assertThat(status.path("active").asInt()).isEqualTo(2);
        assertThat(status.path("ready").asInt()).isEqualTo(1);
        assertThat(status.path("startTime").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(status.path("conditions")).isEmpty();
    }

    @Test
    void doneBatchIsComplete() throws Exception {
        JsonNode status = status(record(outcome(ItemState.SUCCEEDED, 1), outcome(ItemState.SUCCEEDED, 1)), List.of());

        assertThat(status.path("conditions"))
                .extracting(one -> one.path("type").asText())
                .containsExactly("SuccessCriteriaMet", "Complete");
        assertThat(status.path("completionTime").asText()).isEqualTo("2026-11-24T12:00:09Z");
        assertThat(status.path("completedIndexes").asText()).isEqualTo("0,1");
    }

    @Test
    void batchWithAFailedItemIsFailedAndHasNoCompletionTime() throws Exception {
        JsonNode status = status(record(outcome(ItemState.SUCCEEDED, 1), outcome(ItemState.CANCELLED, 0)), List.of());

        assertThat(status.path("conditions"))
                .extracting(one -> one.path("type").asText())
                .containsExactly("FailureTarget", "Failed");
        assertThat(status.has("completionTime")).isFalse();
    }

    @Test
    void suspendedBatchHasNotStartedUntilItHasEnded() throws Exception {
        JsonNode status = status(record(outcome(ItemState.SUCCEEDED, 1), null), List.of(), true);

        assertThat(status.path("startTime").isNull()).isTrue();
        assertThat(status.path("active").asInt()).isZero();
        assertThat(status.path("conditions"))
                .extracting(one -> one.path("type").asText())
                .containsExactly("Suspended");
        JsonNode end = status(record(outcome(ItemState.CANCELLED, 1)), List.of(), true);
        assertThat(end.path("startTime").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(end.path("conditions"))
                .extracting(one -> one.path("type").asText())
                .containsExactly("FailureTarget", "Failed");
    }

    @Test
    void failedPodsNeverBecomeFewerWhenAnItemEnds() throws Exception {
        int before = status(record((Outcome) null), List.of(pod(0, 2, Phase.FAILED)))
                .path("failed")
                .asInt();
        int after = status(record(outcome(ItemState.FAILED, 3)), List.of())
                .path("failed")
                .asInt();

        assertThat(after).isEqualTo(before).isEqualTo(3);
    }

    private static JsonNode status(BatchRecord record, List<PodView> pods) throws Exception {
        return status(record, pods, false);
    }

    private static JsonNode status(BatchRecord record, List<PodView> pods, boolean suspended) throws Exception {
        return new ObjectMapper()
                .readTree(JobProgress.patch(record, pods, suspended, NOW))
                .path("status");
    }

    private static BatchRecord record(Outcome... outcomes) {
        List<Entry> entries = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            entries.add(new Entry(1, entries.size(), "run", "item" + entries.size(), NOW, outcome));
        }
        return new BatchRecord(1, false, Instant.parse("2026-11-24T12:00:00Z"), entries, "1");
    }

    private static Outcome outcome(ItemState state, int attempts) {
        return new Outcome(state, "", "", attempts, NOW, NOW.plusSeconds(9), "", "", false);
    }

    private static PodView pod(int index, int attempt, Phase phase) {
        return new PodView(1, index, attempt, "p", phase, false, true, false, NOW, null, NOW, null, "", "", "", false);
    }
}
