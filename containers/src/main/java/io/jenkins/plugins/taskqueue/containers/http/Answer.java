package io.jenkins.plugins.taskqueue.containers.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent for a request, complete in memory, so that a fault never leaves half of one. */
public record Answer(int status, Map<String, String> headers, byte[] body) {
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
}
