package io.jenkins.plugins.taskqueue.containers.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What comes before a request's body. Strict where two readers could understand two things: no folded lines, no two
 * lengths, no chunks.
 */
record Head(String method, String target, boolean last, Map<String, String> headers, int bodyLength) {
    static final int MOST_BODY_BYTES = 64 * 1024;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    static Head parse(String text) throws BadRequestException {
        String[] lines = text.split("\r\n", -1);
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || !words[0].matches(TOKEN) || !words[1].matches("/[!-~]*")) {
            throw new BadRequestException(400, "The request does not begin with a line such as GET /path HTTP/1.1.");
        }
        if (!words[2].matches("HTTP/1\\.[01]")) {
            throw new BadRequestException(505, "This server speaks HTTP/1.1 only.");
        }
        Map<String, String> headers = headers(lines);
        boolean old = words[2].endsWith("0");
        if (!old && !headers.containsKey("host")) {
            throw new BadRequestException(400, "The request has no Host.");
        }
        boolean closes =
                headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
        return new Head(words[0], words[1], old || closes, headers, length(headers));
    }

    private static Map<String, String> headers(String[] lines) throws BadRequestException {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
            String value = lines[i].substring(colon + 1).strip();
            if (!name.matches(TOKEN) || value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
                throw new BadRequestException(400, "The request has a header that is not \"Name: value\" on one line.");
            }
            if (headers.merge(name, value, (one, two) -> one + ", " + two) != value
                    && (name.equals("host") || name.equals("content-length"))) {
                throw new BadRequestException(400, "The request has two headers " + name + ".");
            }
        }
        return headers;
    }

    private static int length(Map<String, String> headers) throws BadRequestException {
        if (headers.containsKey("transfer-encoding")) {
            throw new BadRequestException(411, "Send the body with a Content-Length, not in chunks.");
        }
        String length = headers.getOrDefault("content-length", "0");
        if (!length.matches("[0-9]{1,18}")) {
            throw new BadRequestException(400, "The request's Content-Length is no number.");
        }
        if (Long.parseLong(length) > MOST_BODY_BYTES) {
            throw new BadRequestException(413, "The request's body has more than " + MOST_BODY_BYTES + " bytes.");
        }
        return Integer.parseInt(length);
    }
}
