package io.jenkins.plugins.taskqueue.containers.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a worker is given (the worker's contract).
 *
 * @param name the item's name
 * @param data the item's data
 * @param resultFile where the result goes; null for nowhere
 * @param directory what the worker's stages share; null where there are none
 */
record WorkItem(String name, JsonNode data, Path resultFile, Path directory) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean UNICODE_LOCALE = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    private static final char UNDECODABLE = '\ufffd';

    /** @throws WorkerException where the variables are not those of a worker */
    static WorkItem of(Map<String, String> environment) throws WorkerException {
        String name = environment.get("WORK_ITEM");
        String file = environment.get("WORK_ITEM_FILE");
        if (name == null || file == null) {
            throw new WorkerException(
                    "This is run by a queue, as its worker: WORK_ITEM and WORK_ITEM_FILE are not set.");
        }
        return new WorkItem(
                name, data(Path.of(file)), path(environment, "WORK_RESULT_FILE"), path(environment, "WORK_DIR"));
    }

    /**
     * Variables and names of files are read by the locale. In a container without one all that is not ASCII would be lost,
     * and two items could have one folder.
     *
     * @throws WorkerException where that has happened
     */
    static void checkDecoded(String name) throws WorkerException {
        if (!UNICODE_LOCALE && name.indexOf(UNDECODABLE) >= 0) {
            throw new WorkerException("The name " + name + " can't be read in this locale: set LC_ALL=C.UTF-8.");
        }
    }

    private static JsonNode data(Path file) throws WorkerException {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new WorkerException("The item's data in " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static Path path(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        return value == null || value.isEmpty() ? null : Path.of(value);
    }

    /** A field of the data as text; empty where there is none. */
    String text(String field) {
        return data.path(field).isTextual() ? data.path(field).textValue() : "";
    }

    /** Tells the table; what can't be told there is no failure. */
    void result(String text) {
        if (resultFile == null) {
            return;
        }
        try {
            Files.writeString(resultFile, text);
        } catch (IOException e) {
            System.err.println("The result can't be written to " + resultFile + ": " + e.getMessage());
        }
    }
}
