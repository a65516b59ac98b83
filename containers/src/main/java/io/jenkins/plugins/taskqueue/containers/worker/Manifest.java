package io.jenkins.plugins.taskqueue.containers.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What an item's output is made of. It is stored after all files: an output that has it is complete.
 *
 * @param item the item's name
 */
record Manifest(String item, List<OutputFile> files) {
    /** The name of the manifest beside the files. */
    static final String NAME = ".task-queue.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    long bytes() {
        return files.stream().mapToLong(OutputFile::bytes).sum();
    }

    byte[] json() {
        ObjectNode manifest = JSON.createObjectNode().put("item", item);
        var list = manifest.putArray("files");
        files.forEach(file -> list.addObject()
                .put("name", file.name())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256()));
        try {
            return JSON.writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of values is JSON", e);
        }
    }

    /** The worker's result. */
    String result(String to) {
        return JSON.createObjectNode()
                .put("files", files.size())
                .put("bytes", bytes())
                .put("to", to)
                .toString();
    }
}
