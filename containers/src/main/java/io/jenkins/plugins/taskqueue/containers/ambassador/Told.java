package io.jenkins.plugins.taskqueue.containers.ambassador;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/** What is sent with the word that an item has failed: a JSON object, or nothing. */
final class Told {
    static final int MOST_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Told() {}

    /** Why the item failed; empty where that was not said. */
    static String reason(InputStream body) throws ItemsException {
        try {
            var bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw ItemsException.badRequest("What is told of an item has at most " + MOST_BYTES + " bytes.");
            }
            JsonNode told = JSON.readTree(bytes);
            return told == null ? "" : told.path("reason").asText("");
        } catch (JacksonException e) {
            throw ItemsException.badRequest(
                    "What is told of an item is a JSON object such as {\"reason\":\"ExitCode\"}, or nothing.");
        } catch (IOException e) {
            throw ItemsException.unavailable("What is told of the item did not arrive: " + e.getMessage() + ".", e);
        }
    }
}
