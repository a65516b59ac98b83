package io.jenkins.plugins.taskqueue.containers.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files that one attempt gets and leaves, in a private directory that is gone after it. */
final class AttemptFiles implements AutoCloseable {
    /** As much of a result as a pod's termination message holds. */
    static final int RESULT_BYTES = 4096;

    private final Path directory;

    private AttemptFiles(Path directory) {
        this.directory = directory;
    }

    /** @param data the item's data as JSON text */
    static AttemptFiles create(String data) throws IOException {
        AttemptFiles files = new AttemptFiles(Files.createTempDirectory("task-queue-"));
        try {
            Files.writeString(files.item(), data);
            Files.setPosixFilePermissions(files.item(), PosixFilePermissions.fromString("r--------"));
            Files.createFile(files.resultFile());
            Files.createDirectory(files.workDirectory());
            return files;
        } catch (IOException e) {
            files.close();
            throw new IOException("The item's data could not be written to " + files.directory + ": " + e, e);
        }
    }

    Path item() {
        return directory.resolve("item.json");
    }

    private Path resultFile() {
        return directory.resolve("result");
    }

    private Path workDirectory() {
        return directory.resolve("work");
    }

    /** @param staged whether there are several stages, which share a directory */
    Map<String, String> withPaths(Map<String, String> contract, boolean staged) {
        Map<String, String> all = new HashMap<>(contract);
        all.put("WORK_ITEM_FILE", item().toString());
        all.put("WORK_RESULT_FILE", resultFile().toString());
        if (staged) {
            all.put("WORK_DIR", workDirectory().toString());
        }
        return all;
    }

    /** Makes the result file empty again, for the next stage. */
    void forgetResult() throws IOException {
        Files.deleteIfExists(resultFile());
        Files.createFile(resultFile());
    }

    /** What the worker left; empty where it left nothing, or no file at all. */
    String result() throws IOException {
        if (!Files.isRegularFile(resultFile()) || !Files.isReadable(resultFile())) {
            return "";
        }
        try (InputStream in = Files.newInputStream(resultFile())) {
            return OutputTail.head(in.readNBytes(RESULT_BYTES + 1), RESULT_BYTES);
        }
    }

    @Override
    public void close() {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | RuntimeException e) {
            deepestFirst = List.of(directory);
        }
        deepestFirst.forEach(AttemptFiles::delete);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger(AttemptFiles.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} could not be deleted: {1}", path, e.toString());
        }
    }
}
