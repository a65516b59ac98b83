package io.jenkins.plugins.taskqueue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;

/** Writes {@link QueueSnapshot}'s file. Instants are milliseconds of the epoch; what is empty, zero or nothing is left out. */
final class SnapshotWriter {
    static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private SnapshotWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Closes the stream. */
    static void write(Status status, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            new SnapshotWriter(json).status(status);
        }
    }

    private void status(Status status) throws IOException {
        json.writeStartObject();
        text("queue", status.queue());
        text("run", status.run());
        text("phase", status.phase().name());
        text("sentence", status.sentence());
        number("parallelism", status.parallelism());
        text("scaling", status.scaling());
        json.writeObjectFieldStart("counts");
        for (Map.Entry<ItemState, Integer> count : status.counts().entrySet()) {
            number(count.getKey().name(), count.getValue());
        }
        json.writeEndObject();
        number("revision", status.revision());
        instant("now", status.now());
        instant("begun", status.begun());
        json.writeArrayFieldStart("items");
        for (ItemStatus row : status.items()) {
            row(row);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void row(ItemStatus row) throws IOException {
        json.writeStartObject();
        number("id", row.id());
        text("name", row.name());
        text("state", row.state().name());
        text("reason", row.reason());
        text("message", row.message());
        number("attempts", row.attempts());
        number("batch", row.batch());
        instant("listed", row.listed());
        instant("started", row.started());
        instant("ended", row.ended());
        text("result", row.result());
        text("logTail", row.logTail());
        number("revision", row.revision());
        json.writeEndObject();
    }

    private void text(String field, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(field, text);
        }
    }

    private void number(String field, long number) throws IOException {
        if (number != 0) {
            json.writeNumberField(field, number);
        }
    }

    private void instant(String field, Instant instant) throws IOException {
        if (instant != null) {
            json.writeNumberField(field, instant.toEpochMilli());
        }
    }
}
