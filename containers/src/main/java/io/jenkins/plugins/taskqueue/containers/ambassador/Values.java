package io.jenkins.plugins.taskqueue.containers.ambassador;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a store holds as bytes, as JSON. */
public final class Values {
    /** As the source API takes them. */
    private static final int MOST_LEVELS = 100_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(MOST_LEVELS)
                    .build())
            .build();

    private Values() {}

    /** JSON as it is, text as a string, anything else as {@code {"base64":"…"}}; null where there are no bytes at all. */
    public static String json(byte[] bytes) {
        return asJson(bytes).orElseGet(() -> text(bytes));
    }

    /** JSON as it is, and anything else as {@code {"value":…}}: an object where people expect one. */
    public static String object(byte[] bytes) {
        return asJson(bytes).orElseGet(() -> "{\"value\":" + text(bytes) + "}");
    }

    /** Text as a string, though it be JSON; what is no UTF-8 as {@code {"base64":"…"}}. */
    public static String text(byte[] bytes) {
        if (bytes == null) {
            return "null";
        }
        return decoded(bytes)
                .map(Values::quoted)
                .orElseGet(() -> "{\"base64\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}");
    }

    /** A JSON string. */
    public static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** The bytes as text; empty where they are no UTF-8. */
    public static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> asJson(byte[] bytes) {
        return bytes == null ? Optional.empty() : decoded(bytes).filter(Values::isOneValue);
    }

    private static boolean isOneValue(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            // A number is looked at only when it is asked for.
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
