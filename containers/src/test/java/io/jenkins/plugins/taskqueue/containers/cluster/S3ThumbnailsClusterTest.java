package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.jenkins.plugins.taskqueue.containers.cli.CommandLineProcess;
import io.jenkins.plugins.taskqueue.containers.s3.S3Process;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The example that makes thumbnails in and out of a bucket: real images on a real node, and a real store. */
@Tag("deploy")
@Execution(ExecutionMode.CONCURRENT)
class S3ThumbnailsClusterTest {
    private static final Path EXAMPLE = TestCluster.HOME.resolve("examples/s3-thumbnails/thumbnails.sh");
    private static final Pattern SOURCE = Pattern.compile("--source (\\S+) ");
    private static final String VIDEO = "2026/a 🎬.y4m";
    private static final String FOLDER = "thumbnails/2026%2Fa%20%F0%9F%8E%AC.y4m/";

    @TempDir
    private Path directory;

    @Test
    void thumbnailsAreMadeByAnImageThatKnowsNothingOfTheStore() throws Exception {
        try (var store = new S3Process(Files.createDirectory(directory.resolve("store")));
                var cluster = new TestCluster()) {
            cluster.load("task-queue");
            cluster.load("thumbnailer");
            cluster.admin
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("s3")
                            .endMetadata()
                            .addToStringData("access-key-id", S3Process.CREDENTIALS.get("AWS_ACCESS_KEY_ID"))
                            .addToStringData("secret-access-key", S3Process.CREDENTIALS.get("AWS_SECRET_ACCESS_KEY"))
                            .build())
                    .inNamespace(cluster.namespace)
                    .create();
            store.put("videos/" + VIDEO, new String(video(), StandardCharsets.ISO_8859_1));
            store.put("videos/broken.y4m", "no video");

            String said = run(store, cluster);

            assertThat(said).contains("1 succeeded, 1 failed", "stage thumbnails, 2 of 3: exit code");
            assertThat(store.files().resolve(FOLDER).toFile().list())
                    .contains(".task-queue.json", "1.jpg", "2.jpg")
                    .allMatch(name -> name.matches("\\d\\.jpg|\\.task-queue\\.json"));
            assertThat(store.files().resolve("thumbnails").toFile().list()).hasSize(1);
            var thumbnail = ImageIO.read(new ByteArrayInputStream(store.get(FOLDER + "1.jpg")));
            assertThat(thumbnail.getWidth()).isEqualTo(320);
            assertThat(thumbnail.getHeight()).isEqualTo(240);
        }
    }

    private String run(S3Process store, TestCluster cluster) throws Exception {
        try (var ambassador = CommandLineProcess.start(
                S3Process.CREDENTIALS,
                "ambassador",
                "s3",
                "s3://" + S3Process.BUCKET + "/videos",
                "--endpoint",
                store.endpoint(),
                "--port",
                "0")) {
            await().atMost(TestCluster.LONG)
                    .until(() -> SOURCE.matcher(ambassador.output()).find());
            var source =
                    SOURCE.matcher(ambassador.output()).results().findFirst().orElseThrow();
            // The pods reach a store that listens on this machine alone.
            Path pod = Files.writeString(directory.resolve("pod.yaml"), "spec: {hostNetwork: true}");
            Path log = directory.resolve("run.log");
            List<String> command = new ArrayList<>(List.of(EXAMPLE.toString()));
            command.addAll(List.of("--kubeconfig", cluster.kubeconfig.toString(), "--namespace", cluster.namespace));
            command.addAll(List.of("--pod-yaml", pod.toString(), "--parallelism", "2"));
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "SOURCE",
                            source.group(1),
                            "BUCKET",
                            S3Process.BUCKET,
                            "STORE",
                            store.endpoint(),
                            "TASKQUEUE",
                            taskqueue().toString(),
                            "IMAGE",
                            "docker.io/task-queue/task-queue:1",
                            "FFMPEG_IMAGE",
                            "docker.io/task-queue/thumbnailer:1"));
            int code = builder.start().waitFor();
            String said = Files.readString(log);
            assertThat(code).as(said).isEqualTo(1);
            return said;
        }
    }

    /** The command line from these classes, without a build. */
    private Path taskqueue() throws IOException {
        Path script = Files.writeString(
                directory.resolve("taskqueue"),
                "#!/bin/sh\nexec '" + String.join("' '", CommandLineProcess.command()) + "' \"$@\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** Two seconds in which a bright bar crosses the picture, uncompressed (YUV4MPEG2). */
    private static byte[] video() {
        var video = new ByteArrayOutputStream();
        video.writeBytes("YUV4MPEG2 W320 H240 F5:1 Ip A1:1 C420jpeg\n".getBytes(StandardCharsets.US_ASCII));
        for (int frame = 0; frame < 10; frame++) {
            video.writeBytes("FRAME\n".getBytes(StandardCharsets.US_ASCII));
            for (int pixel = 0; pixel < 320 * 240; pixel++) {
                video.write(pixel % 320 / 32 == frame ? 120 : 60);
            }
            for (int colour = 0; colour < 320 * 240 / 2; colour++) {
                video.write(100);
            }
        }
        return video.toByteArray();
    }
}
