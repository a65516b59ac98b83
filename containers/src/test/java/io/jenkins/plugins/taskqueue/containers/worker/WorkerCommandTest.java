package io.jenkins.plugins.taskqueue.containers.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineProcess;
import io.jenkins.plugins.taskqueue.containers.s3.FakeS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a container runs them: processes with the worker's variables. */
class WorkerCommandTest {
    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void item() throws IOException {
        store = Files.createDirectory(directory.resolve("store"));
        Files.createDirectory(directory.resolve("work"));
        Files.createDirectory(directory.resolve("tmp"));
        Files.writeString(directory.resolve("in.txt"), "hello");
        Files.writeString(directory.resolve("item.json"), "{\"path\": \"in.txt\"}");
    }

    @Test
    void transformFetchesRunsAndStores() throws Exception {
        int code = worker(
                Map.of(),
                "transform",
                "--from",
                directory.toString(),
                "--to",
                store.toString(),
                "--script",
                "tr a-z A-Z < $INPUT_FILE > $OUTPUT_DIR/$WORK_ITEM.txt");

        assertThat(code).as(output()).isZero();
        assertThat(store.resolve("a/a.txt")).hasContent("HELLO");
        assertThat(result()).isEqualTo("{\"files\":1,\"bytes\":5,\"to\":\"" + store + "/a\"}");
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aScriptThatFailsStoresNothingAndItsExitCodeIsTheWorkers() throws Exception {
        int code = worker(
                Map.of(),
                "transform",
                "--from",
                directory.toString(),
                "--to",
                store.toString(),
                "--script",
                "echo x > $OUTPUT_DIR/x; sh -c 'exit 7'; true");

        assertThat(code).isEqualTo(7);
        assertThat(store).isEmptyDirectory();
        assertThat(result()).isEqualTo("The script ended with exit code 7: nothing is stored.");
    }

    @Test
    void downloadAndUploadAreStagesAroundAnyImage() throws Exception {
        Map<String, String> shared =
                Map.of("WORK_DIR", directory.resolve("work").toString());

        assertThat(worker(shared, "download", "--from", directory.toString()))
                .as(output())
                .isZero();
        Path output = directory.resolve("work/output");
        assertThat(directory.resolve("work/input")).hasContent("hello");
        assertThat(Files.getPosixFilePermissions(output)).hasSize(9);
        Files.writeString(output.resolve("made"), "made");
        assertThat(worker(shared, "upload", "--to", store.toString()))
                .as(output())
                .isZero();
        assertThat(store.resolve("a/made")).hasContent("made");
        assertThat(result()).contains("\"files\":1");
    }

    @Test
    void transformReadsAndWritesBuckets() throws Exception {
        try (var bucket = new FakeS3()) {
            bucket.objects.put("in/x", "hello".getBytes(StandardCharsets.UTF_8));
            Files.writeString(directory.resolve("item.json"), "{\"bucket\": \"b\", \"key\": \"in/x\"}");
            int code = worker(
                    Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret"),
                    "transform",
                    "--endpoint",
                    bucket.endpoint(),
                    "--from",
                    "s3://b/in",
                    "--to",
                    "s3://b/out",
                    "--script",
                    "tr a-z A-Z < $INPUT_FILE > $OUTPUT_DIR/x.txt");

            assertThat(code).as(output()).isZero();
            assertThat(bucket.objects.get("out/a/x.txt")).asString().isEqualTo("HELLO");
            assertThat(result()).isEqualTo("{\"files\":1,\"bytes\":5,\"to\":\"s3://b/out/a/\"}");
        }
    }

    @Test
    void whatALocaleCanNotHoldIsRefusedAndNotStoredByAnotherName() throws Exception {
        String to = store.toString();
        String[] made = {
            "transform", "--from", directory.toString(), "--to", to, "--script", "echo > $OUTPUT_DIR/$WORK_ITEM"
        };

        assertThat(worker(Map.of("LC_ALL", "C", "WORK_ITEM", "🎬"), made)).isEqualTo(3);
        assertThat(result()).endsWith("can't be read in this locale: set LC_ALL=C.UTF-8.");
        made[6] = "echo > $OUTPUT_DIR/$(printf '\\303\\251')";
        assertThat(worker(Map.of("LC_ALL", "C"), made)).isEqualTo(3);
        assertThat(store).isEmptyDirectory();

        assertThat(worker(Map.of("LC_ALL", "C.UTF-8", "WORK_ITEM", "🎬"), made))
                .as(output())
                .isZero();
        assertThat(store.resolve("%F0%9F%8E%AC/é")).exists();
    }

    @Test
    void whatCanNotBeDoneIsASentenceInLogAndTable() throws Exception {
        assertThat(worker(Map.of(), "download")).isEqualTo(3);
        assertThat(output()).contains("taskqueue: WORK_DIR is not set");
        assertThat(result()).startsWith("WORK_DIR is not set");

        assertThat(worker(Map.of(), "transform", "--to", store.toString())).isEqualTo(2);
        assertThat(worker(Map.of(), "upload", "--to", "somewhere")).isEqualTo(2);
        assertThat(output()).contains("--to \"somewhere\" can't be read");
        assertThat(worker(Map.of(), "upload", "--to", "s3://")).isEqualTo(2);
        assertThat(output()).contains("names no bucket");
    }

    private int worker(Map<String, String> more, String... args) throws Exception {
        Files.deleteIfExists(directory.resolve("result"));
        List<String> command = CommandLineProcess.command("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.add("worker");
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("WORK_ITEM", "a");
        builder.environment().putAll(more);
        builder.environment()
                .put("WORK_ITEM_FILE", directory.resolve("item.json").toString());
        builder.environment()
                .put("WORK_RESULT_FILE", directory.resolve("result").toString());
        return builder.start().waitFor();
    }

    private String result() throws IOException {
        return Files.readString(directory.resolve("result"));
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("log"));
    }
}
