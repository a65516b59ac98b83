package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import io.jenkins.plugins.taskqueue.engine.record.RecordTooLargeException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordManifestTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final ObjectNames NAMES = new ObjectNames(QueueId.of("videos"), "videos");
    private static final OwnerReference OWNER = new OwnerReference();

    private final RecordManifest manifest = new RecordManifest(NAMES);

    @Test
    void claimedRecordReadsBackAsItWasClaimed() throws Exception {
        var refused = Outcome.withoutPod(ItemState.FAILED, "NoData", "The source has no data.", NOW);
        var items = List.of(
                new Claim.Item("a/b c 🎬\n\"$(x)\"", NOW, "{\"path\":\"ä\"}", null),
                new Claim.Item("refused", NOW, null, refused));

        BatchRecord record = stored(manifest.claimed(new Claim(7, "run1", items), OWNER));

        assertThat(record.number()).isEqualTo(7);
        assertThat(record.version()).isEqualTo("42");
        assertThat(record.entries())
                .containsExactly(
                        new Entry(7, 0, "run1", "a/b c 🎬\n\"$(x)\"", NOW, null),
                        new Entry(7, 1, "run1", "refused", NOW, refused));
    }

    @Test
    void everyOutcomeReadsBackAsItWasWritten() throws Exception {
        var full = new Outcome(
                ItemState.FAILED, "ExitCode", "exit code 3", 4, NOW, NOW.plusMillis(1), "r\u0000", "log\n", true);
        var bare = new Outcome(ItemState.CANCELLED, "", "", 0, null, null, "", "", false);

        assertThat(RecordCodec.decode("x", RecordCodec.encode(List.of(entry(0, "a", full), entry(1, "b", bare)))))
                .containsExactly(entry(0, "a", full), entry(1, "b", bare));
    }

    @Test
    void attemptsReadBackAsTheyWereCountedAndAnOlderRecordHasNone() throws Exception {
        var counted = entry(0, "a", null)
                .withAttempts(Attempts.NONE.failed(0, "ExitCode").disrupted(1, "Evicted"));
        byte[] json = RecordCodec.encode(List.of(counted, entry(1, "b", null)));
        String older = "{\"version\":1,\"entries\":[{\"batch\":3,\"index\":0,\"run\":\"r\",\"name\":\"a\"}]}";

        assertThat(RecordCodec.decode("x", json)).containsExactly(counted, entry(1, "b", null));
        assertThat(RecordCodec.decode("x", older.getBytes(StandardCharsets.UTF_8))
                        .get(0)
                        .attempts())
                .isEqualTo(Attempts.NONE);
    }

    @Test
    void everyLiveItemHasAKeyAndNoOther() {
        var items = List.of(
                new Claim.Item("data", NOW, "{\"n\":1}", null),
                new Claim.Item("no data", NOW, null, null),
                new Claim.Item("empty data", NOW, "", null),
                new Claim.Item("ended", NOW, null, Outcome.withoutPod(ItemState.FAILED, "NoData", "", NOW)));

        assertThat(manifest.claimed(new Claim(1, "r", items), OWNER).getData())
                .containsEntry("item-0", "{\"n\":1}")
                .containsEntry("item-1", "null")
                .containsEntry("item-2", "null")
                .doesNotContainKey("item-3");
    }

    @Test
    void patchTakesTheDataOfEndedItemsAndNoOther() throws Exception {
        var ended = Outcome.withoutPod(ItemState.CANCELLED, "Aborted", "", NOW);
        var record = new BatchRecord(3, false, NOW, List.of(entry(0, "a", ended), entry(1, "b", null)), "42");

        JsonNode patch = new ObjectMapper().readTree(manifest.patch(record, 10));

        assertThat(patch.at("/data/item-0").isNull()).isTrue();
        assertThat(patch.path("data").has("item-1")).isFalse();
        assertThat(patch.at("/metadata/resourceVersion").asText()).isEqualTo("42");
        assertThat(patch.at("/metadata/labels").path(Keys.STATE).asText()).isEqualTo("live");
    }

    @Test
    void largeRecordIsCompressedAndReadsBack() throws Exception {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < 5_000; i++) {
            entries.add(entry(i, "video number " + i, Outcome.withoutPod(ItemState.SUCCEEDED, "", "", NOW)));
        }
        var record = new BatchRecord(9, true, NOW, entries, "");

        ConfigMap map = manifest.merged(record, OWNER);

        assertThat(map.getData()).isEmpty();
        assertThat(map.getMetadata().getName()).isEqualTo(NAMES.owner() + "-merged-9");
        assertThat(stored(map).entries()).isEqualTo(entries);
    }

    @Test
    void endedRecordAlwaysFitsByShorterLogTailsAndKeepsNamesAndResults() throws Exception {
        var random = new Random(7);
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < 200; i++) {
            var outcome = new Outcome(
                    ItemState.FAILED,
                    "ExitCode",
                    "exit code 3",
                    1,
                    NOW,
                    NOW,
                    noise(random, 4_096),
                    noise(random, 4_096),
                    false);
            entries.add(entry(i, noise(random, 1_024), outcome));
        }

        ConfigMap map = manifest.merged(new BatchRecord(9, false, NOW, entries, ""), OWNER);

        assertThat(bytes(map)).isLessThanOrEqualTo(RecordContent.LIMIT);
        List<Entry> read = stored(map).entries();
        assertThat(read)
                .extracting(Entry::name)
                .isEqualTo(entries.stream().map(Entry::name).toList());
        assertThat(read)
                .extracting(entry -> entry.outcome().result())
                .isEqualTo(
                        entries.stream().map(entry -> entry.outcome().result()).toList());
        assertThat(read.get(0).outcome().logTail()).startsWith("(shortened");
    }

    @Test
    void recordThatCannotFitSaysHowLargeItIs() {
        var random = new Random(8);
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < 2_000; i++) {
            entries.add(entry(i, noise(random, 1_024), Outcome.withoutPod(ItemState.SUCCEEDED, "", "", NOW)));
        }

        assertThatThrownBy(() -> manifest.merged(new BatchRecord(9, true, NOW, entries, ""), OWNER))
                .isInstanceOfSatisfying(RecordTooLargeException.class, e -> {
                    assertThat(e.bytes()).isGreaterThan(e.limit());
                    assertThat(e.limit()).isEqualTo(RecordContent.LIMIT);
                });
    }

    @Test
    void unknownSchemaVersionNamesObjectAndVersion() {
        byte[] later = "{\"version\":2,\"entries\":[]}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> RecordCodec.decode("tq-x-1", later))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.FATAL))
                .hasMessageContaining("tq-x-1")
                .hasMessageContaining("schema version 2");
    }

    @Test
    void brokenRecordIsASentence() {
        var map = new ConfigMapBuilder(manifest.claimed(new Claim(1, "r", List.of()), OWNER))
                .withData(Map.of("record.json", "{"))
                .build();

        assertThatThrownBy(() -> stored(map)).hasMessageContaining("cannot be read");
    }

    @Test
    void laterFieldsAreIgnored() throws Exception {
        byte[] json =
                "{\"version\":1,\"more\":1,\"entries\":[{\"batch\":1,\"index\":0,\"run\":\"r\",\"name\":\"a\",\"x\":1}]}"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(RecordCodec.decode("x", json)).containsExactly(new Entry(1, 0, "r", "a", null, null));
    }

    @Test
    void stateLabelTellsOfARetry() {
        var failed = Outcome.withoutPod(ItemState.FAILED, "ExitCode", "", NOW);

        assertThat(state(entry(0, "a", failed), entry(1, "b", null))).isEqualTo("live");
        assertThat(state(entry(0, "a", failed))).isEqualTo("ended");
        assertThat(state(entry(0, "a", failed.withRetry()))).isEqualTo("retry");
    }

    private String state(Entry... entries) {
        return manifest.merged(new BatchRecord(1, false, NOW, List.of(entries), ""), OWNER)
                .getMetadata()
                .getLabels()
                .get(Keys.STATE);
    }

    private static Entry entry(int index, String name, Outcome outcome) {
        return new Entry(1, index, "run", name, NOW, outcome);
    }

    /** Text that no compression makes smaller than three quarters. */
    private static String noise(Random random, int characters) {
        byte[] bytes = new byte[characters];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes).substring(0, characters);
    }

    private static long bytes(ConfigMap map) {
        long data = map.getData().values().stream()
                .mapToLong(value -> value.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return data
                + map.getBinaryData().values().stream()
                        .mapToLong(value -> Base64.getDecoder().decode(value).length)
                        .sum();
    }

    private static BatchRecord stored(ConfigMap map) throws ClusterException {
        return RecordManifest.read(new ConfigMapBuilder(map)
                        .editMetadata()
                        .withCreationTimestamp(NOW.toString())
                        .withResourceVersion("42")
                        .endMetadata()
                        .build())
                .orElseThrow();
    }
}
