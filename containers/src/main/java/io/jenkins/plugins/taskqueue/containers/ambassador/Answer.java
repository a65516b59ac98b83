package io.jenkins.plugins.taskqueue.containers.ambassador;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** An answer to a request, complete in memory, so that a failing store never leaves half of one. */
record Answer(int status, String type, byte[] body) {
    private static final String JSON = "application/json";
    private static final JsonFactory FACTORY = new JsonFactory();

    /** A second is enough for a directory that is being mounted, and does not press a store that is down. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static final Answer NO_CONTENT = new Answer(204, "", new byte[0]);

    static Answer list(Items.Page page, boolean acknowledges) {
        return json(200, "ItemList", json -> {
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
        });
    }

    static Answer item(String data) {
        return json(200, "Item", json -> {
            json.writeFieldName("data");
            json.writeRawValue(data);
        });
    }

    static Answer error(int status, String sentence) {
        return json(status, "Error", json -> json.writeStringField("message", sentence));
    }

    static Answer text(int status, String type, String text) {
        return new Answer(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** From the content, so that two ambassadors of one store agree on it (RFC 9110, section 8.8.3: a strong one). */
    String etag() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Sends it, or 304 where the caller has it already; for HEAD without the body. */
    int send(HttpExchange exchange) throws IOException {
        var headers = exchange.getResponseHeaders();
        if (status == NO_CONTENT.status) {
            exchange.sendResponseHeaders(status, -1);
            return status;
        }
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-cache");
        headers.set("X-Content-Type-Options", "nosniff");
        if (status == 503) {
            headers.set("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (status == 405) {
            headers.set("Allow", "GET, HEAD");
        }
        if (status == 200 && type.equals(JSON)) {
            headers.set("ETag", etag());
            if (matches(exchange.getRequestHeaders().get("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return 304;
            }
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
        return status;
    }

    private boolean matches(List<String> ifNoneMatch) {
        return ifNoneMatch != null
                && ifNoneMatch.stream()
                        .flatMap(line -> List.of(line.split(",")).stream())
                        .map(tag -> tag.strip().replaceFirst("^W/", ""))
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag()));
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
        return new Answer(status, JSON, out.toByteArray());
    }
}
