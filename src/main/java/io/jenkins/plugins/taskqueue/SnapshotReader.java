package io.jenkins.plugins.taskqueue;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what {@link SnapshotWriter} wrote, token by token: the first read of 10,000 rows after Jenkins' start is within a
 * request, and binding them to types costs then several times as much. Fields that it does not know are left out.
 */
final class SnapshotReader {
    private final JsonParser json;

    private SnapshotReader(JsonParser json) {
        this.json = json;
    }

    /** What a field's name says of the value that comes next. */
    private interface Field {
        void read(String name) throws IOException;
    }

    static Status read(byte[] file) throws IOException {
        try (JsonParser json = SnapshotWriter.FACTORY.createParser(file)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(json, "It is no object.");
            }
            return new SnapshotReader(json).status();
        }
    }

    private void fields(Field field) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            field.read(name);
        }
    }

    private Status status() throws IOException {
        var read = new Object() {
            String queue = "";
            String run = "";
            Status.Phase phase;
            String sentence = "";
            int parallelism;
            String scaling = "";
            final Map<ItemState, Integer> counts = new EnumMap<>(ItemState.class);
            long revision;
            Instant now;
            Instant begun;
            final List<ItemStatus> items = new ArrayList<>();
        };
        fields(name -> {
            switch (name) {
                case "queue" -> read.queue = text();
                case "run" -> read.run = text();
                case "phase" -> read.phase = Status.Phase.valueOf(text());
                case "sentence" -> read.sentence = text();
                case "parallelism" -> read.parallelism = json.getIntValue();
                case "scaling" -> read.scaling = text();
                case "counts" -> fields(state -> read.counts.put(ItemState.valueOf(state), json.getIntValue()));
                case "revision" -> read.revision = json.getLongValue();
                case "now" -> read.now = instant();
                case "begun" -> read.begun = instant();
                case "items" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        read.items.add(row());
                    }
                }
                default -> json.skipChildren();
            }
        });
        return new Status(
                read.queue,
                read.run,
                Objects.requireNonNull(read.phase),
                read.sentence,
                read.parallelism,
                read.scaling,
                read.counts,
                read.revision,
                read.now,
                read.begun,
                null,
                List.copyOf(read.items));
    }

    private ItemStatus row() throws IOException {
        var read = new Object() {
            int id;
            String name = "";
            ItemState state;
            String reason = "";
            String message = "";
            int attempts;
            int batch;
            Instant listed;
            Instant started;
            Instant ended;
            String result = "";
            String logTail = "";
            long revision;
        };
        fields(name -> {
            switch (name) {
                case "id" -> read.id = json.getIntValue();
                case "name" -> read.name = text();
                case "state" -> read.state = ItemState.valueOf(text());
                case "reason" -> read.reason = text();
                case "message" -> read.message = text();
                case "attempts" -> read.attempts = json.getIntValue();
                case "batch" -> read.batch = json.getIntValue();
                case "listed" -> read.listed = instant();
                case "started" -> read.started = instant();
                case "ended" -> read.ended = instant();
                case "result" -> read.result = text();
                case "logTail" -> read.logTail = text();
                case "revision" -> read.revision = json.getLongValue();
                default -> json.skipChildren();
            }
        });
        return new ItemStatus(
                read.id,
                read.name,
                Objects.requireNonNull(read.state),
                read.reason,
                read.message,
                read.attempts,
                read.batch,
                read.listed,
                read.started,
                read.ended,
                read.result,
                read.logTail,
                read.revision);
    }

    private String text() throws IOException {
        return json.getValueAsString("");
    }

    private Instant instant() throws IOException {
        return Instant.ofEpochMilli(json.getLongValue());
    }
}
