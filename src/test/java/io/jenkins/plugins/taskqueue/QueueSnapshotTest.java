package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueSnapshotTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

    @TempDir
    private Path directory;

    private QueueSnapshot snapshot;

    @BeforeEach
    void setUp() {
        snapshot = new QueueSnapshot(directory.resolve("task-queue-1-v1.json"));
    }

    private static Status status(List<ItemStatus> items) {
        Map<ItemState, Integer> counts = Arrays.stream(ItemState.values())
                .collect(Collectors.toMap(state -> state, state -> state == ItemState.FAILED ? items.size() : 0));
        return new Status("videos", "run", Status.Phase.FAILED, "why", 0, "2 -> 3", counts, 7, NOW, NOW, null, items);
    }

    private static ItemStatus failed(int id, String name) {
        return new ItemStatus(id, name, ItemState.FAILED, "OOMKilled", "m", 2, 3, NOW, NOW, NOW, "r", "end\n", 5);
    }

    private static ItemStatus waiting(int id, String name) {
        return new ItemStatus(id, name, ItemState.PENDING, "", "", 0, 0, NOW, null, null, "", "", 0);
    }

    @Test
    void readsWhatWasWritten() {
        Status status = status(List.of(failed(0, "a\u0001 <b>\ud83d\ude00"), waiting(1, "")));

        snapshot.write(status);

        assertThat(snapshot.read(null, null)).isEqualTo(status);
        assertThat(directory.toFile().list()).containsExactly("task-queue-1-v1.json");
    }

    @Test
    void aQueueWithoutItemsIsReadToo() {
        snapshot.write(status(List.of()));

        assertThat(snapshot.read(null, null)).isEqualTo(status(List.of()));
    }

    @Test
    void aLaterWriteReplacesTheFile() {
        snapshot.write(status(List.of(waiting(0, "a"))));
        snapshot.write(status(List.of(failed(0, "a"))));

        assertThat(snapshot.read(null, null).items()).containsExactly(failed(0, "a"));
    }

    @Test
    void aFileWithFieldsOfALaterVersionIsRead() throws IOException {
        Files.writeString(snapshot.file(), """
                {"queue":"videos","phase":"FAILED","later":{"a":[1]},"counts":{"FAILED":1},"items":[
                 {"id":1,"name":"a","state":"FAILED","later":[{}],"attempts":2,"listed":1767225600123}]}
                """);

        Status read = snapshot.read(null, null);

        assertThat(read.count(ItemState.FAILED)).isEqualTo(1);
        assertThat(read.items())
                .containsExactly(new ItemStatus(1, "a", ItemState.FAILED, "", "", 2, 0, NOW, null, null, "", "", 0));
    }

    @Test
    void aFileThatIsCutShortOrIsNoneIsAnsweredWithASentence() throws IOException {
        TaskQueueStep step = Pipelines.step("a:1");
        step.setQueue("videos");
        QueueRequest request = new QueueRequest("1", step, null, 0);
        QueueSummary summary = new QueueSummary(request, status(List.of()), "FAILED", "why", 0);
        for (String text :
                List.of("", "[]", "{}", "{\"phase\":\"FAILED\",\"items\":[{\"id\":1", "{\"phase\":\"LATER\"}")) {
            Files.writeString(snapshot.file(), text);

            Status read = snapshot.read(request, summary);

            assertThat(read.sentence()).as(text).contains("task-queue-1-v1.json in the build folder can't be read");
            assertThat(read.items()).isEmpty();
        }
    }
}
