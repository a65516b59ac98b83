package io.jenkins.plugins.taskqueue.containers.check;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A listing, or one page of it, taken as far as it can be understood.
 *
 * @param fault what keeps it from being an {@code ItemList}, as the end of "gave …"; empty where nothing does
 */
record ListPage(List<String> names, String next, boolean acknowledges, String fault) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static ListPage read(byte[] body) {
        var json = json(body);
        if (json == null) {
            return fault("no valid JSON in UTF-8");
        }
        var envelope = envelope(json, "ItemList");
        if (!envelope.isEmpty()) {
            return fault(envelope);
        }
        if (!json.path("items").isArray()) {
            return fault("an ItemList without an array \"items\"");
        }
        List<String> names = new ArrayList<>();
        for (var item : json.path("items")) {
            if (!item.isTextual()) {
                return fault("an item that is no string but "
                        + item.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
            }
            names.add(item.textValue());
        }
        var next = json.path("continue");
        if (!next.isMissingNode() && !next.isNull() && !next.isTextual()) {
            return fault("a \"continue\" that is no string");
        }
        return new ListPage(names, next.asText(""), json.path("acknowledges").asBoolean(false), "");
    }

    /** The kind that an answer says it is; empty where it says none. */
    static String kind(byte[] body) {
        var json = json(body);
        return json == null ? "" : json.path("kind").asText("");
    }

    /** Whether an answer, which may be an item, has data. */
    static boolean hasData(byte[] body) {
        var json = json(body);
        return json != null && json.has("data");
    }

    private static String envelope(JsonNode json, String kind) {
        if (!json.isObject()) {
            return "JSON that is no object";
        } else if (!json.path("kind").asText("").equals(kind)) {
            return json.has("kind")
                    ? "\"kind\": " + json.path("kind") + " in place of \"" + kind + "\""
                    : "no \"kind\"";
        } else if (!json.path("apiVersion").asText("").equals("v1")) {
            return json.has("apiVersion")
                    ? "\"apiVersion\": " + json.path("apiVersion") + " in place of \"v1\""
                    : "no \"apiVersion\"";
        }
        return "";
    }

    private static JsonNode json(byte[] body) {
        try {
            var json = JSON.readTree(body);
            return json == null || json.isMissingNode() ? null : json;
        } catch (JacksonException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static ListPage fault(String fault) {
        return new ListPage(List.of(), "", false, fault);
    }
}
