package io.jenkins.plugins.taskqueue.containers.ambassador.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.ambassador.Glob;
import io.jenkins.plugins.taskqueue.containers.ambassador.StoreRun;
import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.S3Process;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A queue works off a bucket, whose store is killed and started again in the middle. */
@Tag("stores")
@Execution(ExecutionMode.CONCURRENT)
class S3QueueTest {
    private static final int ITEMS = 80;

    @TempDir
    private Path directory;

    @Test
    void everyObjectIsDoneOnce() throws Exception {
        try (var store = new S3Process(Files.createDirectory(directory.resolve("store")))) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < ITEMS; i++) {
                names.add("%02d 🎬.mp4".formatted(i));
                store.put("in/" + names.get(i), "x");
                store.put("in/" + i + ".txt", "no video");
            }
            var options = store.options();
            var items = new S3Items(
                    options.client(),
                    S3Location.of("s3://videos/in"),
                    new Glob("*.mp4"),
                    key -> "",
                    options.describe());
            try (var queue = new StoreRun(items, directory)) {
                queue.awaitDone(20);
                store.kill();
                store.start();

                var run = queue.end();
                assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
                assertThat(queue.done()).containsExactlyInAnyOrderElementsOf(names);
            }
        }
    }
}
