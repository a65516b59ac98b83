package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.Status.Phase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private QueueSnapshot file;
    private Snapshots snapshots;

    @BeforeEach
    void setUp() {
        file = new QueueSnapshot(directory.resolve("rows.json"));
        snapshots = new Snapshots(() -> file);
    }

    private static Status at(Phase phase) {
        return new Status("videos", "run", phase, "", 1, Map.of(), 1, NOW, NOW, null, List.of());
    }

    @Test
    void theNextReplacesTheOneBefore() {
        snapshots.write(at(Phase.WAITING));
        snapshots.write(at(Phase.RUNNING));

        assertThat(file.read(null, null).phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void whatComesAfterTheLastDoesNotReplaceIt() {
        snapshots.writeLast(at(Phase.FAILED));
        snapshots.write(at(Phase.WAITING));

        assertThat(file.read(null, null).phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void oneIsDueEachMinute() {
        assertThat(snapshots.isDue(NOW)).isTrue();
        assertThat(snapshots.isDue(NOW.plusSeconds(59))).isFalse();
        assertThat(snapshots.isDue(NOW.plusSeconds(60))).isTrue();
        assertThat(snapshots.isDue(NOW.plusSeconds(61))).isFalse();
    }
}
