package io.jenkins.plugins.taskqueue.containers.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The file and the directory between the steps of an item: {@code input} and {@code output} in the directory that the
 * stages share, or in one of its own.
 *
 * @param input where the input is
 * @param output where the outputs are left
 */
record WorkFiles(Path input, Path output) {

    static WorkFiles in(Path directory) {
        return new WorkFiles(directory.resolve("input"), directory.resolve("output"));
    }

    /** Those of a stage. */
    static WorkFiles shared(WorkItem item) throws WorkerException {
        if (item.directory() == null) {
            throw new WorkerException(
                    "WORK_DIR is not set: download and upload are stages of a worker of several images"
                            + " (--stage). Alone, use worker transform.");
        }
        return in(item.directory());
    }

    /** Makes the directory of outputs, so that a stage that runs as any user may write there. */
    void prepare() throws WorkerException {
        try {
            Files.createDirectories(output);
            Files.setPosixFilePermissions(output, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new WorkerException("The directory " + output + " can't be made: " + e + ".", e);
        }
    }

    Map<String, String> variables() {
        return Map.of("INPUT_FILE", input.toString(), "OUTPUT_DIR", output.toString());
    }
}
