package io.jenkins.plugins.taskqueue.engine.ambassador;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads an item while it arrives and keeps its data as the text that was sent, since a number that was converted to a
 * {@code double} and back may be another one.
 */
final class ItemReader {
    /** What an item has whose answer has no data. */
    static final String NO_DATA = "{}";

    private static final int ENVELOPE = 64 * 1024;
    private static final int NONE = -1;

    private final int limit;
    private final Head head;
    private String kind;
    private boolean apiVersion;
    private String data = NO_DATA;
    private long start = NONE;

    private ItemReader(InputStream body, int limit) {
        this.limit = limit;
        this.head = new Head(body, Math.addExact(limit, ENVELOPE));
    }

    /**
     * The data's JSON text.
     *
     * @throws Body.TooLarge when it has more bytes than the limit
     */
    static String read(InputStream body, int limit) throws IOException {
        return new ItemReader(body, limit).read();
    }

    private String read() throws IOException {
        try (JsonParser parser = Json.dataParser(head, limit)) {
            Json.startObject(parser);
            JsonToken token = parser.nextToken();
            while (token == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                field(parser, field);
                if ("ItemList".equals(kind)) {
                    // Such an ambassador answers everything with its list: nothing is in it for this item.
                    return NO_DATA;
                }
                token = parser.nextToken();
                if (start != NONE) {
                    data = textFrom(start, offset(parser.currentTokenLocation()));
                    start = NONE;
                }
            }
            Json.end(parser);
        } catch (StreamConstraintsException e) {
            if (head.count() > limit) {
                throw new Body.TooLarge();
            }
            throw Json.tooDeep();
        }
        if (kind == null || !apiVersion) {
            throw new InvalidAnswer("a JSON object without \"" + (kind == null ? "kind" : "apiVersion") + "\"");
        }
        return data;
    }

    private void field(JsonParser parser, String field) throws IOException {
        switch (field) {
            case "kind" -> {
                kind = Json.text(parser, field);
                if (!kind.equals("Item") && !kind.equals("ItemList")) {
                    throw new InvalidAnswer("kind " + ItemNames.shown(kind) + " instead of \"Item\"");
                }
            }
            case "apiVersion" -> {
                Json.apiVersion(parser);
                apiVersion = true;
            }
            case "data" -> data(parser);
            default -> parser.skipChildren();
        }
    }

    /** Leaves the parser on the value's last token. Where a string or a number ends, only the next token tells. */
    private void data(JsonParser parser) throws IOException {
        start = offset(parser.currentTokenLocation());
        int depth = 0;
        do {
            if (depth > 0 && parser.nextToken() == null) {
                return;
            }
            depth += parser.currentToken().isStructStart()
                    ? 1
                    : parser.currentToken().isStructEnd() ? -1 : 0;
            if (offset(parser.currentTokenLocation()) - start > limit) {
                throw new Body.TooLarge();
            }
        } while (depth > 0);
    }

    private String textFrom(long from, long end) throws IOException {
        byte[] bytes = head.bytes();
        if (end > bytes.length) {
            throw new Body.TooLarge();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, (int) from, (int) (end - from)))
                    .toString()
                    .stripTrailing();
        } catch (CharacterCodingException e) {
            throw new InvalidAnswer("data that is no UTF-8");
        }
        String value = text.endsWith(",") ? text.substring(0, text.length() - 1).stripTrailing() : text;
        if (value.getBytes(StandardCharsets.UTF_8).length > limit) {
            throw new Body.TooLarge();
        }
        return value;
    }

    private static long offset(JsonLocation location) throws InvalidAnswer {
        if (location.getByteOffset() < 0) {
            throw new InvalidAnswer("JSON that is no UTF-8");
        }
        return location.getByteOffset();
    }
}
