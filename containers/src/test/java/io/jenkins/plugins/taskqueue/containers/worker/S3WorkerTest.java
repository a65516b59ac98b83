package io.jenkins.plugins.taskqueue.containers.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineProcess;
import io.jenkins.plugins.taskqueue.containers.s3.S3Process;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The worker's commands and a real store. */
@Tag("stores")
@Execution(ExecutionMode.CONCURRENT)
class S3WorkerTest {
    private static final int LARGE = 20_000_000;

    @TempDir
    private Path directory;

    private S3Process store;

    @BeforeEach
    void start() throws Exception {
        store = new S3Process(Files.createDirectory(directory.resolve("store")));
    }

    @AfterEach
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    private String worker(int exitCode, String... args) throws Exception {
        Map<String, String> environment = new HashMap<>(S3Process.CREDENTIALS);
        environment.put("WORK_ITEM", "ä b");
        environment.put("WORK_ITEM_FILE", directory.resolve("item.json").toString());
        environment.put("WORK_RESULT_FILE", directory.resolve("result").toString());
        environment.put("TASKQUEUE_ENDPOINT", store.endpoint());
        environment.put("WORK_DIR", directory.toString());
        try (var process = CommandLineProcess.start(environment, args)) {
            assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
            Path result = directory.resolve("result");
            return Files.exists(result) ? Files.readString(result) : "";
        }
    }

    @Test
    void stagesReadAndWriteABucketAndAnotherAttemptTakesThePlaceOfTheFirst() throws Exception {
        store.put("in/ä b.bin", "x".repeat(LARGE));
        Files.writeString(directory.resolve("item.json"), "{\"bucket\": \"videos\", \"key\": \"in/ä b.bin\"}");

        worker(0, "worker", "download", "--from", "s3://videos/in");
        assertThat(directory.resolve("input")).hasSize(LARGE);
        Path output = directory.resolve("output");
        Files.move(directory.resolve("input"), output.resolve("ö 1"));
        Files.createFile(output.resolve("empty"));
        assertThat(worker(0, "worker", "upload", "--to", "s3://videos/out"))
                .isEqualTo("{\"files\":2,\"bytes\":" + LARGE + ",\"to\":\"s3://videos/out/%C3%A4%20b/\"}");
        assertThat(store.get("out/%C3%A4%20b/ö 1")).hasSize(LARGE);

        Files.delete(output.resolve("ö 1"));
        Files.writeString(output.resolve("empty"), "no more");
        worker(0, "worker", "upload", "--to", "s3://videos/out");
        assertThat(store.files().resolve("out/%C3%A4%20b").toFile().list())
                .containsExactlyInAnyOrder(Manifest.NAME, "empty");
        assertThat(store.get("out/%C3%A4%20b/empty")).asString().isEqualTo("no more");
    }

    @Test
    void transformDoesAllOfItAndWhatIsNotThereIsASentence() throws Exception {
        store.put("in/a", "hello");
        Files.writeString(directory.resolve("item.json"), "{\"path\": \"a\"}");
        String script = "tr a-z A-Z < $INPUT_FILE > $OUTPUT_DIR/a";

        worker(0, "worker", "transform", "--from", "s3://videos/in", "--to", "s3://videos", "--script", script);
        assertThat(store.get("%C3%A4%20b/a")).asString().isEqualTo("HELLO");

        String sentence =
                worker(3, "worker", "transform", "--from", "s3://videos", "--to", "s3://videos", "--script", script);
        assertThat(sentence).isEqualTo("There is no object s3://videos/a in " + store.endpoint() + ".");
        Files.writeString(Files.createDirectory(directory.resolve("output")).resolve("a"), "x");
        assertThat(worker(3, "worker", "upload", "--to", "s3://none")).contains("There is no bucket \"none\"");
    }
}
