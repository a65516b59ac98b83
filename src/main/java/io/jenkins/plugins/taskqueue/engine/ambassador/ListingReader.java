package io.jenkins.plugins.taskqueue.engine.ambassador;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;

/** Reads a listing, or one page of it, while it arrives. */
final class ListingReader {
    private final ListedNames names;
    private boolean kind;
    private boolean apiVersion;
    private boolean items;
    private String next = "";
    private boolean acknowledges;

    private ListingReader(ListedNames names) {
        this.names = names;
    }

    /**
     * What a page says beside its names.
     *
     * @param next the token of the page after it, empty where it is the last
     */
    record Page(String next, boolean acknowledges) {}

    /** @param names where the page's names are added; a name that is in it already makes the page invalid */
    static Page read(InputStream body, ListedNames names) throws IOException {
        return new ListingReader(names).read(body);
    }

    private Page read(InputStream body) throws IOException {
        try (JsonParser parser = Json.parser(body)) {
            Json.startObject(parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                field(parser, field);
            }
            Json.end(parser);
        }
        require(kind, "kind");
        require(apiVersion, "apiVersion");
        require(items, "items");
        return new Page(next, acknowledges);
    }

    private void field(JsonParser parser, String field) throws IOException {
        switch (field) {
            case "kind" -> {
                String given = Json.text(parser, field);
                if (!given.equals("ItemList")) {
                    throw new InvalidAnswer("kind " + ItemNames.shown(given) + " instead of \"ItemList\"");
                }
                kind = true;
            }
            case "apiVersion" -> {
                Json.apiVersion(parser);
                apiVersion = true;
            }
            case "items" -> items(parser);
            case "continue" -> next = parser.currentToken() == JsonToken.VALUE_NULL ? "" : Json.text(parser, field);
            case "acknowledges" -> acknowledges = parser.currentToken() == JsonToken.VALUE_TRUE;
            default -> parser.skipChildren();
        }
    }

    private void items(JsonParser parser) throws IOException {
        if (items) {
            throw new InvalidAnswer("the field \"items\" twice");
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new InvalidAnswer(
                    "\"items\" that is a JSON " + Json.word(parser.currentToken()) + " instead of an array");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new InvalidAnswer("an item that is a JSON " + Json.word(parser.currentToken())
                        + " instead of a string (its name)");
            }
            names.add(parser.getText());
        }
        items = true;
    }

    private static void require(boolean given, String field) throws InvalidAnswer {
        if (!given) {
            throw new InvalidAnswer("a JSON object without \"" + field + "\"");
        }
    }
}
