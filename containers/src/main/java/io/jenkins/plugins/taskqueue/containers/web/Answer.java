package io.jenkins.plugins.taskqueue.containers.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * What is sent for a request.
 *
 * @param code the HTTP status code
 * @param type the content type
 * @param body the whole body
 * @param etag the entity tag; null where there is none
 */
record Answer(int code, String type, byte[] body, String etag) {
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final int WORTH_COMPRESSING = 1024;

    static Answer of(String type, byte[] body) {
        return new Answer(200, type, body, null);
    }

    static Answer text(int code, String sentence) {
        return new Answer(code, TEXT, (sentence + "\n").getBytes(StandardCharsets.UTF_8), null);
    }

    /** There is nothing, and that is no error, which a browser would note on its console. */
    static Answer empty() {
        return new Answer(204, null, new byte[0], null);
    }

    static Answer notModified(String etag) {
        return new Answer(304, null, new byte[0], etag);
    }

    Answer tagged(String newEtag) {
        return new Answer(code, type, body, newEtag);
    }

    /** Sends it, without the body for HEAD, compressed where that pays and the reader can. */
    void send(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Cache-Control", "no-cache");
        headers.set("Vary", "Accept-Encoding");
        if (etag != null) {
            headers.set("ETag", etag);
        }
        if (type != null) {
            headers.set("Content-Type", type);
        }
        byte[] sent = body;
        if (body.length >= WORTH_COMPRESSING && readsGzip(exchange)) {
            headers.set("Content-Encoding", "gzip");
            sent = gzip(body);
        }
        if (exchange.getRequestMethod().equals("HEAD") || type == null) {
            if (type != null) {
                headers.set("Content-Length", String.valueOf(sent.length));
            }
            exchange.sendResponseHeaders(code, -1);
        } else {
            exchange.sendResponseHeaders(code, sent.length == 0 ? -1 : sent.length);
            exchange.getResponseBody().write(sent);
        }
    }

    private static boolean readsGzip(HttpExchange exchange) {
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        return accepted != null && accepted.matches("(?i).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return out.toByteArray();
    }
}
