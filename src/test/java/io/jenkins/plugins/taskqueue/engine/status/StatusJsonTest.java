package io.jenkins.plugins.taskqueue.engine.status;

import static io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatusJsonTest {
    private final MadeUpQueue queue =
            new MadeUpQueue(new Random(1), 2).list("a").list("b \"<\u202e>\" 🎬");

    @Test
    void aPageSaysWhatTheWholeQueueDoes() throws IOException {
        queue.advance(Duration.ofSeconds(90));
        JsonNode json = page("limit=1&sort=listed");

        assertThat(json.get("queue").asText()).isEqualTo("videos");
        assertThat(json.get("run").asText()).isEqualTo("run-1");
        assertThat(json.get("phase").asText()).isEqualTo("RUNNING");
        assertThat(json.get("counts")).hasSize(ItemState.values().length);
        assertThat(json.get("counts").get("STARTING").asInt()).isEqualTo(2);
        assertThat(json.get("counts").get("FAILED").asInt()).isZero();
        assertThat(json.get("parallelism").asInt()).isEqualTo(2);
        assertThat(json.get("revision").asLong()).isEqualTo(queue.status().revision());
        assertThat(json.get("now").asText()).isEqualTo("2026-11-24T08:01:30Z");
        assertThat(json.get("begun").asText()).isEqualTo(BEGIN.toString());
        assertThat(json.get("timeToGo").asDouble()).isEqualTo(8);
        assertThat(json.get("total").asInt()).isEqualTo(2);
        assertThat(json.get("matched").asInt()).isEqualTo(2);
        assertThat(json.get("order")).hasSize(1);
        assertThat(json.get("items")).hasSize(1);
    }

    @Test
    void aRowHasEveryField() throws IOException {
        queue.change(
                1,
                row -> MadeUpQueue.row(row, ItemState.RUNNING, "", "", 2, BEGIN.plusMillis(1500), null, "half done"));
        queue.advance(Duration.ofSeconds(4));
        JsonNode row =
                page("item=b+%22%3C%E2%80%AE%3E%22+%F0%9F%8E%AC").get("items").get(0);

        assertThat(row.get("name").asText()).isEqualTo("b \"<\u202e>\" 🎬");
        assertThat(row.get("listed").asText()).isEqualTo(BEGIN.toString());
        assertThat(row.get("id").asInt()).isEqualTo(2);
        assertThat(row.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly(
                        "id",
                        "name",
                        "state",
                        "reason",
                        "message",
                        "attempts",
                        "batch",
                        "listed",
                        "started",
                        "ended",
                        "waited",
                        "ran",
                        "result",
                        "hasLog");
    }

    @Test
    void liveFiguresAreCountedToNow() throws IOException {
        queue.change(0, row -> MadeUpQueue.row(row, ItemState.RUNNING, "", "", 1, BEGIN.plusMillis(1500), null, ""));
        Status old = queue.status();
        queue.pass(Duration.ofSeconds(4));
        JsonNode items =
                new ObjectMapper().readTree(queue.answer(old, "sort=listed")).get("items");

        assertThat(items.get(0).get("waited").asDouble()).isEqualTo(1.5);
        assertThat(items.get(0).get("ran").asDouble()).isEqualTo(2.5);
        assertThat(items.get(0).get("hasLog").asBoolean()).isTrue();
        assertThat(items.get(1).get("waited").asDouble()).isEqualTo(4);
        assertThat(items.get(1).get("ran").isNull()).isTrue();
        assertThat(items.get(1).get("ended").isNull()).isTrue();
        assertThat(items.get(1).get("hasLog").asBoolean()).isFalse();
    }

    @Test
    void theEstimateIsCountedDownToNow() throws IOException {
        queue.advance(Duration.ofSeconds(1));
        Status old = queue.status();
        queue.pass(Duration.ofSeconds(5));
        JsonNode later = new ObjectMapper().readTree(queue.answer(old, ""));
        queue.pass(Duration.ofHours(1));
        JsonNode muchLater = new ObjectMapper().readTree(queue.answer(old, ""));

        assertThat(later.get("timeToGo").asDouble()).isEqualTo(old.timeToGo().toSeconds() - 5);
        assertThat(later.get("now").asText()).isEqualTo("2026-11-24T08:00:06Z");
        assertThat(muchLater.get("timeToGo").asDouble()).isZero();
    }

    @Test
    void longResultsAreCutInAPageAndWholeForOneItem() throws IOException {
        String result = "x".repeat(299) + "🎬".repeat(500);
        queue.change(0, row -> MadeUpQueue.row(row, ItemState.SUCCEEDED, "", "", 1, BEGIN, BEGIN, result));

        assertThat(page("sort=listed").get("items").get(0).get("result").asText())
                .isEqualTo("x".repeat(299) + "…");
        assertThat(page("item=a").get("items").get(0).get("result").asText()).isEqualTo(result);
    }

    @Test
    void theWholeStatusHasEveryItemWithWholeTextsAndLogTail() throws IOException {
        String result = "y".repeat(4096);
        queue.change(0, row -> MadeUpQueue.row(row, ItemState.SUCCEEDED, "", "", 1, BEGIN, BEGIN, result));
        queue.change(
                1,
                row -> new ItemStatus(
                        2,
                        row.name(),
                        ItemState.FAILED,
                        "ExitCode",
                        "m",
                        4,
                        1,
                        BEGIN,
                        BEGIN,
                        BEGIN,
                        "",
                        "moov atom",
                        0));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StatusJson.writeAll(queue.status(), queue.now(), out);
        JsonNode json = new ObjectMapper().readTree(out.toByteArray());

        assertThat(json.get("queue").asText()).isEqualTo("videos");
        assertThat(json.get("counts").get("FAILED").asInt()).isEqualTo(1);
        assertThat(json.get("items")).hasSize(2);
        assertThat(json.get("items").get(0).get("result").asText()).isEqualTo(result);
        assertThat(json.get("items").get(1).get("attempts").asInt()).isEqualTo(4);
        assertThat(json.get("items").get(1).get("logTail").asText()).isEqualTo("moov atom");
    }

    private JsonNode page(String query) throws IOException {
        return new ObjectMapper().readTree(queue.answer(query));
    }
}
