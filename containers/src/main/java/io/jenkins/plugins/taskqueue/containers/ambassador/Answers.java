package io.jenkins.plugins.taskqueue.containers.ambassador;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.taskqueue.containers.http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The answers of the source API. */
final class Answers {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** A second is enough for a directory that is being mounted, and does not press a store that is down. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private Answers() {}

    static Answer list(Items.Page page, boolean acknowledges) {
        return tagged(json(200, "ItemList", json -> {
            json.writeArrayFieldStart("items");
            for (String name : page.names()) {
                json.writeString(name);
            }
            json.writeEndArray();
            if (acknowledges) {
                json.writeBooleanField("acknowledges", true);
            }
            if (!page.next().isEmpty()) {
                json.writeStringField("continue", page.next());
            }
        }));
    }

    static Answer item(String data) {
        return tagged(json(200, "Item", json -> {
            json.writeFieldName("data");
            json.writeRawValue(data);
        }));
    }

    static Answer error(int status, String sentence) {
        var error = json(status, "Error", json -> json.writeStringField("message", sentence));
        return switch (status) {
            case 401 -> error.with("WWW-Authenticate", "Bearer");
            case 405 -> error.with("Allow", "GET, HEAD");
            case 503 -> error.with("Retry-After", RETRY_AFTER_SECONDS);
            default -> error;
        };
    }

    /** From the content, so that two ambassadors of one store agree on it (RFC 9110, section 8.8.3: a strong one). */
    private static Answer tagged(Answer answer) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(answer.body());
            return answer.with("ETag", '"' + HexFormat.of().formatHex(digest, 0, 16) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Answer json(int status, String kind, Fields fields) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("kind", kind);
            json.writeStringField("apiVersion", "v1");
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("This can't be written as JSON", e);
        }
        return Answer.of(status, "application/json", out.toByteArray());
    }
}
