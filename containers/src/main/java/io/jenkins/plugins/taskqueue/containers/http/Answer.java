package io.jenkins.plugins.taskqueue.containers.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent for a request, complete in memory, so that a fault never leaves half of one. */
public record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(204, "No Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(411, "Length Required"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));

    private static final byte[] NOTHING = new byte[0];

    public Answer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public static Answer of(int status, String type, byte[] body) {
        return new Answer(status, Map.of("Content-Type", type), body);
    }

    public static Answer text(int status, String sentence) {
        return of(status, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** There is nothing, and that is no error. */
    public static Answer empty() {
        return new Answer(204, Map.of(), NOTHING);
    }

    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }

    /** What is sent to somebody who may have it already: a tag in the answer is looked for in the request. */
    public Answer unlessKnown(Request request) {
        String tag = headers.get("ETag");
        String known = request.header("If-None-Match");
        if (status != 200 || tag == null || known == null) {
            return this;
        }
        boolean same = Arrays.stream(known.split(","))
                .map(one -> bare(one.strip()))
                .anyMatch(one -> one.equals("*") || one.equals(bare(tag)));
        return same ? new Answer(304, Map.of("ETag", tag), NOTHING) : this;
    }

    private static String bare(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** The bytes to send; without the body where the method asks for none. */
    ByteBuffer bytes(String method, boolean last) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + REASONS.getOrDefault(status, "") + "\r\n");
        head.append("Date: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (status != 204 && status != 304) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append(last ? "Connection: close\r\n\r\n" : "\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        boolean bare = method.equals("HEAD") || status == 204 || status == 304;
        ByteBuffer bytes = ByteBuffer.allocate(first.length + (bare ? 0 : body.length));
        bytes.put(first);
        return (bare ? bytes : bytes.put(body)).flip();
    }
}
