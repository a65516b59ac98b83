package io.jenkins.plugins.taskqueue.engine.ambassador;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The parts of an answer that listing and item have in common. */
final class Json {
    static final String API_VERSION = "v1";

    /** Data may be any JSON that is not too long, but each level costs sixty bytes while it is read. */
    private static final int MOST_LEVELS = 100_000;

    /** Names of items, a token for the next page, a sentence: all that is ever made a text of. A number is one, too. */
    private static final int MOST_TEXT = 64 * 1024;

    private static final JsonFactory FACTORY = factory(StreamReadConstraints.builder()
            .maxNumberLength(MOST_TEXT)
            .maxStringLength(MOST_TEXT)
            .maxNameLength(MOST_TEXT));

    /** For data that is there already, whose length bounds all that is in it. */
    private static final JsonFactory TEXTS = values(Integer.MAX_VALUE);

    private Json() {}

    /** Field names come from strangers and must not fill the JVM's table of strings. */
    private static JsonFactory factory(StreamReadConstraints.Builder constraints) {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(constraints.build())
                .build();
    }

    /**
     * For an answer that holds an item's data. Numbers are never converted.
     *
     * @param most the most bytes of the data, and so the longest text, number or name in it
     */
    static JsonParser dataParser(InputStream body, int most) throws IOException {
        return values(most).createParser(body);
    }

    static JsonParser dataParser(String text) throws IOException {
        return TEXTS.createParser(text);
    }

    private static JsonFactory values(int most) {
        return factory(StreamReadConstraints.builder()
                .maxNumberLength(Math.max(most, MOST_TEXT))
                .maxStringLength(Math.max(most, MOST_TEXT))
                .maxNameLength(Math.max(most, MOST_TEXT))
                .maxNestingDepth(MOST_LEVELS));
    }

    static InvalidAnswer tooDeep() {
        return new InvalidAnswer("data with more than %,d levels in each other".formatted(MOST_LEVELS));
    }

    static JsonParser parser(InputStream body) throws IOException {
        return FACTORY.createParser(body);
    }

    /** An object with one text, to be sent. */
    static String object(String field, String text) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField(field, text);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("This can't be written as JSON", e);
        }
        return out.toString();
    }

    static void startObject(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new InvalidAnswer("an empty answer");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new InvalidAnswer("a JSON " + word(first) + " instead of an object");
        }
    }

    /** Reads the answer to its end too, without which the connection could not be used again. */
    static void end(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new InvalidAnswer("more text after the JSON object");
        }
    }

    static String text(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidAnswer(
                    "a field \"" + field + "\" that is a JSON " + word(parser.currentToken()) + " instead of a string");
        }
        return parser.getText();
    }

    static void apiVersion(JsonParser parser) throws IOException {
        String given = text(parser, "apiVersion");
        if (!given.equals(API_VERSION)) {
            throw new InvalidAnswer("apiVersion " + ItemNames.shown(given) + " instead of \"" + API_VERSION + "\"");
        }
    }

    static String word(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "boolean";
            default -> "null";
        };
    }
}
