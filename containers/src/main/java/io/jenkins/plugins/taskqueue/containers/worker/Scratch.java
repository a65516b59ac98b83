package io.jenkins.plugins.taskqueue.containers.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that are needed for a while. */
final class Scratch {
    private Scratch() {}

    /** Deletes a directory and all in it; what can't be deleted is no failure, since it goes with the container. */
    static void delete(Path directory) {
        try {
            deleteAll(directory);
        } catch (IOException e) {
            System.err.println(directory + " is left behind: " + e);
        }
    }

    static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
