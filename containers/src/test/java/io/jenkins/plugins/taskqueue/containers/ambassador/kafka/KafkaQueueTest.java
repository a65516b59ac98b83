package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.ambassador.StoreRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A queue works off a topic, whose broker is killed and started again in the middle; one record is poisoned. */
@Tag("stores")
@Execution(ExecutionMode.CONCURRENT)
class KafkaQueueTest {
    private static final int ITEMS = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @TempDir
    private Path directory;

    @Test
    void everyRecordIsDoneOnceOrPutAside() throws Exception {
        try (var kafka = new KafkaProcess(Files.createDirectory(directory.resolve("kafka")))) {
            kafka.topic("videos", 2);
            kafka.topic("videos.dead", 1);
            byte[][] values = new byte[ITEMS / 2][];
            for (int i = 0; i < values.length; i++) {
                values[i] = ("" + i).getBytes(StandardCharsets.UTF_8);
            }
            kafka.send("videos", 0, null, values);
            values[15] = new byte[5 * 1024 * 1024];
            kafka.send("videos", 1, null, values);
            var settings = new KafkaSettings(
                    kafka.bootstrap(), "videos", "thumbnails", false, 25, "videos.dead", PATIENCE, new Properties());
            try (var queue = new StoreRun(new KafkaItems(settings).start(), directory)) {
                queue.awaitDone(20);
                kafka.kill();
                kafka.start();

                var run = queue.end();
                assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(1);
                assertThat(run.out()).contains((ITEMS - 1) + " succeeded, 1 failed", "Let the data hold a reference");
                assertThat(queue.done()).hasSize(ITEMS - 1).doesNotHaveDuplicates();
            }
            assertThat(kafka.committed("thumbnails", "videos", 0)).isEqualTo(ITEMS / 2);
            assertThat(kafka.committed("thumbnails", "videos", 1)).isEqualTo(ITEMS / 2);
        }
    }
}
