package io.jenkins.plugins.taskqueue.engine.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A status as JSON, streamed. The fields are documented in {@code docs/status-api.md}. */
public final class StatusJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private StatusJson() {}

    /** One page, for the table. Long texts are cut, unless the query names one item. */
    public static void writePage(StatusPage page, OutputStream out) throws IOException {
        Status status = page.status();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            writeQueue(json, status);
            json.writeNumberField("parallelism", status.parallelism());
            json.writeStringField("scaling", status.scaling());
            json.writeNumberField("revision", status.revision());
            writeInstant(json, "now", page.now());
            writeInstant(json, "begun", status.begun());
            writeSeconds(json, "timeToGo", timeToGo(status, page.now()));
            // Where there are no rows at all, the counts of a queue that has ended are not about what the table shows.
            json.writeNumberField("total", status.items().isEmpty() ? 0 : Counts.total(status));
            json.writeNumberField("matched", page.matched());
            json.writeNumberField("offset", page.query().offset());
            json.writeArrayFieldStart("order");
            for (ItemStatus row : page.rows()) {
                json.writeNumber(row.id());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("items");
            RowJson rows = new RowJson(json, page.now(), page.query().item() == null);
            for (ItemStatus row : page.changed()) {
                rows.write(row);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /**
     * Every item with its whole texts, for scripts.
     *
     * @param now to when what goes on is counted
     */
    public static void writeAll(Status status, Instant now, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            writeQueue(json, status);
            json.writeArrayFieldStart("items");
            RowJson rows = new RowJson(json, now, false);
            for (ItemStatus row : status.items()) {
                rows.writeWithLogTail(row);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void writeQueue(JsonGenerator json, Status status) throws IOException {
        json.writeStringField("queue", status.queue());
        json.writeStringField("run", status.run());
        json.writeStringField("phase", status.phase().name());
        json.writeStringField("sentence", status.sentence());
        json.writeObjectFieldStart("counts");
        for (ItemState state : ItemState.values()) {
            json.writeNumberField(state.name(), status.count(state));
        }
        json.writeEndObject();
    }

    // The estimate was made when the status was.
    private static Optional<Duration> timeToGo(Status status, Instant now) {
        if (status.timeToGo() == null) {
            return Optional.empty();
        }
        Duration left = status.timeToGo().minus(Duration.between(status.now(), now));
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    static void writeInstant(JsonGenerator json, String field, Instant instant) throws IOException {
        json.writeStringField(field, instant == null ? null : instant.toString());
    }

    static void writeSeconds(JsonGenerator json, String field, Optional<Duration> duration) throws IOException {
        if (duration.isPresent()) {
            json.writeFieldName(field);
            json.writeNumber(duration.get().toMillis() / 1000.0);
        } else {
            json.writeNullField(field);
        }
    }
}
