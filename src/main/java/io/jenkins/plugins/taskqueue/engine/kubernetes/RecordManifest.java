package io.jenkins.plugins.taskqueue.engine.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records as ConfigMaps. Beside its entries a batch record has one key for each live item, {@code item-<index>}, with its
 * data. A pod mounts that key, and the kubelet starts no pod whose key is gone: so a pod that a stalled manager creates
 * after the item has ended never starts.
 */
record RecordManifest(ObjectNames names) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_DATA = "null";

    static String itemKey(int index) {
        return "item-" + index;
    }

    ConfigMap claimed(Claim claim, OwnerReference owner) {
        List<Entry> entries = new ArrayList<>();
        Map<String, String> data = new HashMap<>();
        for (Claim.Item item : claim.items()) {
            int index = entries.size();
            entries.add(new Entry(claim.number(), index, claim.run(), item.name(), item.listed(), item.outcome()));
            if (item.outcome() == null) {
                String text = item.data();
                data.put(itemKey(index), text == null || text.isBlank() ? NO_DATA : text);
            }
        }
        var record = new BatchRecord(claim.number(), false, null, entries, "");
        return manifest(record, owner, data);
    }

    ConfigMap merged(BatchRecord record, OwnerReference owner) {
        return manifest(record, owner, Map.of());
    }

    private ConfigMap manifest(BatchRecord record, OwnerReference owner, Map<String, String> data) {
        String name = names.record(record);
        RecordContent content = RecordContent.of(name, record.entries(), bytes(data));
        Map<String, String> all = new HashMap<>(data);
        if (content.json() != null) {
            all.put(RecordContent.JSON_KEY, content.json());
        }
        var builder = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(names.labels())
                .addToLabels(Keys.KIND, record.merged() ? Keys.KIND_MERGED : Keys.KIND_RECORD)
                .addToLabels(Keys.BATCH, Integer.toString(record.number()))
                .addToLabels(Keys.STATE, state(record))
                .withAnnotations(names.annotations())
                .withOwnerReferences(owner)
                .endMetadata()
                .withData(all);
        return content.gzip() == null
                ? builder.build()
                : builder.addToBinaryData(RecordContent.GZIP_KEY, content.gzip())
                        .build();
    }

    /**
     * A merge patch that replaces a record's content if its version is still the same; items that have an outcome lose
     * their data.
     *
     * @param liveBytes bytes of the data of the items that stay live
     */
    String patch(BatchRecord record, long liveBytes) {
        RecordContent content = RecordContent.of(names.record(record), record.entries(), liveBytes);
        ObjectNode root = JSON.createObjectNode();
        ObjectNode metadata = root.putObject("metadata").put("resourceVersion", record.version());
        metadata.putObject("labels").put(Keys.STATE, state(record));
        ObjectNode data = root.putObject("data").put(RecordContent.JSON_KEY, content.json());
        if (!record.merged()) {
            record.entries().stream()
                    .filter(entry -> !entry.isLive())
                    .forEach(entry -> data.putNull(itemKey(entry.index())));
        }
        root.putObject("binaryData").put(RecordContent.GZIP_KEY, content.gzip());
        return root.toString();
    }

    /** The record in a ConfigMap; empty when the ConfigMap is none, such as the queue's owner object. */
    static Optional<BatchRecord> read(ConfigMap map) throws ClusterException {
        Map<String, String> labels = map.getMetadata().getLabels();
        String kind = labels == null ? "" : labels.getOrDefault(Keys.KIND, "");
        if (!kind.equals(Keys.KIND_RECORD) && !kind.equals(Keys.KIND_MERGED)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BatchRecord(
                    Integer.parseInt(labels.getOrDefault(Keys.BATCH, "")),
                    kind.equals(Keys.KIND_MERGED),
                    Instant.parse(map.getMetadata().getCreationTimestamp()),
                    RecordContent.read(map),
                    map.getMetadata().getResourceVersion()));
        } catch (NumberFormatException e) {
            throw RecordCodec.unreadable(map.getMetadata().getName(), e);
        }
    }

    /** Bytes that each item's data takes, by {@link #itemKey}. */
    static Map<String, Integer> itemBytes(ConfigMap map) {
        Map<String, Integer> bytes = new HashMap<>();
        if (map.getData() != null) {
            map.getData().forEach((key, value) -> {
                if (!key.equals(RecordContent.JSON_KEY)) {
                    bytes.put(key, utf8(value));
                }
            });
        }
        return bytes;
    }

    private static String state(BatchRecord record) {
        return !record.isEnded() ? "live" : record.isToBeRetried() ? "retry" : "ended";
    }

    private static long bytes(Map<String, String> data) {
        return data.values().stream().mapToLong(RecordManifest::utf8).sum();
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
