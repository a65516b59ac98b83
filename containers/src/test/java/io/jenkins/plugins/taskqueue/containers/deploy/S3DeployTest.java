package io.jenkins.plugins.taskqueue.containers.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.s3.S3Process;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Objects of a bucket, whose server is killed and started again, as is the manager that acts. */
@Tag("deploy")
@Execution(ExecutionMode.CONCURRENT)
class S3DeployTest {
    /** Reads its object by the URL that is in its item's data, and finds its own name in it. */
    private static final String WORKER =
            "url=$(sed 's/.*\"url\":\"\\([^\"]*\\)\".*/\\1/' \"$WORK_ITEM_FILE\") && wget -q -O - \"$url\" | grep -qx \"$WORK_ITEM\"";

    @TempDir
    private Path directory;

    @Test
    void everyObjectIsReadAndDoneOnce() throws Exception {
        try (var site = new Site(directory);
                var s3 = new S3Process(Files.createDirectory(directory.resolve("s3")))) {
            for (int i = 0; i < Overlay.ITEMS; i++) {
                s3.put("2026/clip %d.mp4".formatted(i), "clip %d.mp4".formatted(i));
                s3.put("2026/clip %d.txt".formatted(i), "no video");
            }
            site.open(9000, URI.create(s3.endpoint()).getPort());
            site.create("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: s3}
                    stringData: {access-key-id: "%s", secret-access-key: "%s"}
                    """.formatted(
                            S3Process.CREDENTIALS.get("AWS_ACCESS_KEY_ID"),
                            S3Process.CREDENTIALS.get("AWS_SECRET_ACCESS_KEY")));
            var overlay = new Overlay(site, "s3", site.claim("ledger"));
            // The workers' pods know no name of the store's.
            String store = "http://" + site.address() + ":9000";
            overlay.apply(
                    directory,
                    "minio",
                    WORKER,
                    "ambassador",
                    "s3",
                    "s3://" + S3Process.BUCKET + "/2026",
                    "--endpoint",
                    store,
                    "--glob",
                    "**/*.mp4",
                    "--presign",
                    "12h");
            overlay.awaitDone(Overlay.ITEMS / 4);

            s3.kill();
            overlay.killActive();
            s3.start();

            overlay.awaitDone(Overlay.ITEMS);
            overlay.everyItemWasDoneOnce();
            assertThat(overlay.done()).allMatch(name -> name.endsWith(".mp4"));
        }
    }
}
