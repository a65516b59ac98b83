package io.jenkins.plugins.taskqueue.engine.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The entries of a record as JSON, schema version 1. What a later minor version adds is ignored. */
final class RecordCodec {
    /** Raised when an older manager could misread what is written. */
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordCodec() {}

    static byte[] encode(List<Entry> entries) {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        var array = root.putArray("entries");
        for (Entry entry : entries) {
            ObjectNode node = array.addObject()
                    .put("batch", entry.batch())
                    .put("index", entry.index())
                    .put("run", entry.run())
                    .put("name", entry.name());
            put(node, "listed", entry.listed());
            if (entry.isLive() && entry.attempts().last() >= 0) {
                encode(entry.attempts(), node.putObject("attempts"));
            }
            if (entry.outcome() != null) {
                encode(entry.outcome(), node.putObject("outcome"));
            }
        }
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void encode(Attempts attempts, ObjectNode node) {
        node.put("failures", attempts.failures());
        node.put("disruptions", attempts.disruptions());
        node.put("last", attempts.last());
        node.put("alike", attempts.alike());
        put(node, "end", attempts.end());
    }

    private static void encode(Outcome outcome, ObjectNode node) {
        node.put("state", outcome.state().name());
        put(node, "reason", outcome.reason());
        put(node, "message", outcome.message());
        node.put("attempts", outcome.attempts());
        put(node, "started", outcome.started());
        put(node, "ended", outcome.ended());
        put(node, "result", outcome.result());
        put(node, "log", outcome.logTail());
        if (outcome.retry()) {
            node.put("retry", true);
        }
    }

    private static void put(ObjectNode node, String field, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            node.put(field, value.toString());
        }
    }

    /**
     * @param object the object's name, for sentences
     * @throws ClusterException FATAL: no record, or one that this version can't read
     */
    static List<Entry> decode(String object, byte[] json) throws ClusterException {
        try {
            JsonNode root = JSON.readTree(json);
            int version = root.path("version").asInt();
            if (version != VERSION) {
                throw new ClusterException(
                        ClusterException.Kind.FATAL,
                        "The record " + object + " has schema version " + version
                                + "; this version of Task Queue reads " + VERSION
                                + ". Use the version that wrote it, or delete the queue.");
            }
            List<Entry> entries = new ArrayList<>();
            Instant listed = null;
            for (JsonNode node : root.path("entries")) {
                Instant its = instant(node, "listed");
                listed = Objects.equals(its, listed) ? listed : its;
                entries.add(entry(node, listed));
            }
            return entries;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw unreadable(object, e);
        }
    }

    static ClusterException unreadable(String object, Exception cause) {
        return new ClusterException(
                ClusterException.Kind.FATAL,
                "The record " + object + " cannot be read (" + cause.getMessage()
                        + "): somebody changed it. Its batch waits. Delete it, and its items are done again.",
                cause);
    }

    /** Of very many items only one has each text that several have: their names are in the listing too. */
    private static Entry entry(JsonNode node, Instant listed) {
        return new Entry(
                node.path("batch").asInt(),
                node.path("index").asInt(),
                node.path("run").asText().intern(),
                node.path("name").asText().intern(),
                listed,
                node.has("attempts") ? attempts(node.path("attempts")) : Attempts.NONE,
                node.has("outcome") ? outcome(node.path("outcome")) : null);
    }

    private static Attempts attempts(JsonNode node) {
        return new Attempts(
                node.path("failures").asInt(),
                node.path("disruptions").asInt(),
                node.path("last").asInt(),
                node.path("alike").asInt(),
                node.path("end").asText());
    }

    private static Outcome outcome(JsonNode node) {
        return new Outcome(
                ItemState.valueOf(node.path("state").asText()),
                node.path("reason").asText().intern(),
                node.path("message").asText(),
                node.path("attempts").asInt(),
                instant(node, "started"),
                instant(node, "ended"),
                node.path("result").asText(),
                node.path("log").asText(),
                node.path("retry").asBoolean());
    }

    private static Instant instant(JsonNode node, String field) {
        return node.hasNonNull(field) ? Instant.parse(node.path(field).asText()) : null;
    }
}
