package io.jenkins.plugins.taskqueue.engine.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what the API server sends in one go and only as far as anybody here looks. The client's own reader takes each event
 * of a watch twice, first as a tree, and {@code managedFields} are half of a pod.
 */
final class LeanJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(ObjectMeta.class, Unmanaged.class)
            .build();

    private LeanJson() {}

    @JsonIgnoreProperties("managedFields")
    private static final class Unmanaged {}

    /**
     * An event of a watch.
     *
     * @param object null where the server has an error to tell
     * @param error null otherwise
     */
    record Event<T>(String type, T object, Status error) {}

    static <T extends HasMetadata> Event<T> event(byte[] json, int length, Class<T> kind) throws IOException {
        String type = "";
        T object = null;
        Status error = null;
        try (JsonParser parser = MAPPER.createParser(json, 0, length)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "type" -> type = parser.getText();
                    case "object" -> {
                        if (type.equals("ERROR")) {
                            error = parser.readValueAs(Status.class);
                        } else {
                            object = parser.readValueAs(kind);
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
        }
        return new Event<>(type, object, error);
    }

    /**
     * Some of the objects of a list.
     *
     * @param next what to ask for the next ones with; empty where there are none
     */
    record Page<T>(List<T> items, String next, String version) {}

    static <T extends HasMetadata> Page<T> page(byte[] json, Class<T> kind) {
        List<T> items = new ArrayList<>();
        var meta = new ListMeta();
        try (JsonParser parser = MAPPER.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("metadata")) {
                    meta = parser.readValueAs(ListMeta.class);
                } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        items.add(parser.readValueAs(kind));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new KubernetesClientException("the list can't be read: " + e.getMessage(), e);
        }
        return new Page<>(items, meta.getContinue() == null ? "" : meta.getContinue(), meta.getResourceVersion());
    }

    static <T> T object(byte[] json, Class<T> kind) throws IOException {
        return MAPPER.readValue(json, kind);
    }

    static Status status(byte[] json) throws IOException {
        return MAPPER.readValue(json, Status.class);
    }
}
