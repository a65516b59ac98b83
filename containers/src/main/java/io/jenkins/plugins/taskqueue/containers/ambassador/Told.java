package io.jenkins.plugins.taskqueue.containers.ambassador;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What is sent with the word that an item has failed: a JSON object, or nothing. */
final class Told {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Told() {}

    /** Why the item failed; empty where that was not said. */
    static String reason(byte[] body) throws ItemsException {
        try {
            JsonNode told = JSON.readTree(body);
            return told == null ? "" : told.path("reason").asText("");
        } catch (JacksonException e) {
            throw ItemsException.badRequest(
                    "What is told of an item is a JSON object such as {\"reason\":\"ExitCode\"}, or nothing.");
        } catch (IOException e) {
            throw ItemsException.unavailable("What is told of the item did not arrive: " + e.getMessage() + ".", e);
        }
    }
}
