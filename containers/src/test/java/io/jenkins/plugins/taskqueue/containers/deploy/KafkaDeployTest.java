package io.jenkins.plugins.taskqueue.containers.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.containers.ambassador.kafka.KafkaProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A topic of Kafka, whose broker is killed and started again, as is the manager. */
@Tag("deploy")
@Execution(ExecutionMode.CONCURRENT)
class KafkaDeployTest {
    @TempDir
    private Path directory;

    @Test
    void everyRecordIsDoneOnceAndCommitted() throws Exception {
        try (var site = new Site(directory);
                var kafka = new KafkaProcess(Files.createDirectory(directory.resolve("kafka")))) {
            kafka.topic("videos", 2);
            byte[][] values = new byte[Overlay.ITEMS / 2][];
            for (int i = 0; i < values.length; i++) {
                values[i] = ("" + i).getBytes(StandardCharsets.UTF_8);
            }
            kafka.send("videos", 0, null, values);
            kafka.send("videos", 1, null, values);
            site.open(9092, kafka.portForPods());
            var overlay = new Overlay(site, "kafka", site.claim("ledger"));
            overlay.apply(directory, "kafka", "grep -q value \"$WORK_ITEM_FILE\"");
            overlay.awaitDone(Overlay.ITEMS / 4);

            kafka.kill();
            overlay.killActive();
            kafka.start();

            overlay.awaitDone(Overlay.ITEMS);
            for (int partition : new int[] {0, 1}) {
                await().atMost(Duration.ofMinutes(3))
                        .untilAsserted(() -> assertThat(kafka.committed("task-queue", "videos", partition))
                                .isEqualTo(values.length));
            }
            overlay.everyItemWasDoneOnce();
        }
    }
}
