package io.jenkins.plugins.taskqueue.engine.status;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;

/** A row as a JSON object. */
final class RowJson {
    /** So much of a message or a result is sent for the table: 100 rows of the longest stay below 100 KB. */
    static final int SHOWN = 300;

    private final JsonGenerator json;
    private final Instant now;
    private final boolean cut;

    /** @param cut whether long texts are cut */
    RowJson(JsonGenerator json, Instant now, boolean cut) {
        this.json = json;
        this.now = now;
        this.cut = cut;
    }

    void write(ItemStatus row) throws IOException {
        json.writeStartObject();
        writeFields(row);
        json.writeEndObject();
    }

    void writeWithLogTail(ItemStatus row) throws IOException {
        json.writeStartObject();
        writeFields(row);
        json.writeStringField("logTail", row.logTail());
        json.writeEndObject();
    }

    private void writeFields(ItemStatus row) throws IOException {
        json.writeNumberField("id", row.id());
        json.writeStringField("name", row.name());
        json.writeStringField("state", row.state().name());
        json.writeStringField("reason", row.reason());
        json.writeStringField("message", shown(row.message()));
        json.writeNumberField("attempts", row.attempts());
        json.writeNumberField("batch", row.batch());
        StatusJson.writeInstant(json, "listed", row.listed());
        StatusJson.writeInstant(json, "started", row.started());
        StatusJson.writeInstant(json, "ended", row.ended());
        StatusJson.writeSeconds(json, "waited", row.waited(now));
        StatusJson.writeSeconds(json, "ran", row.ran(now));
        json.writeStringField("result", shown(row.result()));
        json.writeBooleanField("hasLog", row.hasLog());
    }

    private String shown(String text) {
        if (!cut || text.length() <= SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return text.substring(0, end) + "…";
    }
}
