package io.jenkins.plugins.taskqueue.containers.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory of the node in which each worker writes a line when it has done its item. */
final class Ledgers {
    final Path directory;

    Ledgers() throws IOException {
        directory = Files.createTempDirectory("ledger-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** The worker: sleeps, then writes its line as its last act. */
    static String worker(String seconds) {
        return "sleep " + seconds + "; echo \"$WORK_ITEM\" >> \"/ledger/$WORK_ITEM\"";
    }

    String volume() {
        return "host:" + directory + ":/ledger";
    }

    /** How often each item was done. */
    Map<String, Integer> lines() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                counts.put(
                        file.getFileName().toString(), Files.readAllLines(file).size());
            }
        }
        return counts;
    }
}
