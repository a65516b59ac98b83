package io.jenkins.plugins.taskqueue.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A directory with the whole log tail of each item's attempts. Names of files are hashes, since an item's name may be
 * anything; the item's name is the file's first line.
 */
public final class LogStore {
    /** The default of how much of each log is kept. */
    public static final int TAIL_BYTES = 64 * 1024;

    private final Path directory;

    /** @param directory made when the first log is kept */
    public LogStore(Path directory) {
        this.directory = directory;
    }

    public void keep(String item, int batch, int attempt, String log) {
        try {
            Files.createDirectories(directory);
            Path file = file(item, batch, attempt);
            Path part = Files.createTempFile(directory, ".part-", ".log");
            Files.writeString(part, "# " + item.replaceAll("\\R", " ") + System.lineSeparator() + log);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The log of \"" + item + "\" could not be kept in " + directory, e);
        }
    }

    public Optional<String> read(String item, int batch, int attempt) {
        Path file = file(item, batch, attempt);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return Optional.of(text.substring(text.indexOf('\n') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException("The log of \"" + item + "\" could not be read from " + directory, e);
        }
    }

    private Path file(String item, int batch, int attempt) {
        return directory.resolve(QueueId.hash(item, 26) + "-" + batch + "-" + attempt + ".log");
    }
}
