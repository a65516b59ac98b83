package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.Status.Phase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The file in a build's folder with a queue's rows as they were last seen: what the page shows when no manager works on the
 * queue. Its name has the version of its form. It is a copy for looking at: one that can't be read is no harm.
 */
record QueueSnapshot(Path file) {
    private static final Logger LOGGER = Logger.getLogger(QueueSnapshot.class.getName());

    /** A failure is logged, and the file stays as it was. */
    void write(Status status) {
        try {
            Path part = Files.createTempFile(Objects.requireNonNull(file.getParent()), ".task-queue-", ".json");
            try {
                try (OutputStream out = Files.newOutputStream(part)) {
                    SnapshotWriter.write(status, out);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The items of a queue are not kept in " + file, e);
        }
    }

    /**
     * @param summary how the queue ended; null where it has not
     * @return without rows, with a sentence, where there is no file that can be read
     */
    Status read(QueueRequest request, QueueSummary summary) {
        try {
            return SnapshotReader.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return none(request, summary, summary == null ? "" : Messages.QueueSnapshot_none());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "Can't read " + file, e);
            return none(request, summary, Messages.QueueSnapshot_unreadable(file.getFileName()));
        }
    }

    private static Status none(QueueRequest request, QueueSummary summary, String sentence) {
        Phase phase = summary == null ? Phase.WAITING : Phase.valueOf(summary.getResult());
        Instant begun = Instant.ofEpochMilli(request.getStartedMillis());
        return new Status(
                request.getQueueName(),
                "",
                phase,
                sentence,
                request.getParallelism(),
                summary == null ? Map.of() : summary.counts(),
                0,
                summary == null ? begun : Instant.ofEpochMilli(summary.getEndedMillis()),
                begun,
                null,
                List.of());
    }
}
