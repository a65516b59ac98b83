package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} with a real source and real local processes. */
class RunCommandTest {
    private static final String WORKER =
            "cat $WORK_ITEM_FILE; echo \" $WORK_ITEM\" $WORK_ATTEMPT; echo made > $WORK_RESULT_FILE;"
                    + " [ \"$WORK_ITEM\" != bad ] || exit 3";

    @TempDir
    private Path directory;

    @Test
    void everythingDoneIsExitCodeZeroAndATable() throws Exception {
        try (ListSource source = new ListSource("a", "b c")) {
            CommandLineRun run = run(source, "--parallelism", "2", "--", "sh", "-c", WORKER);

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("on local processes, at most 2 at once.", "STATE ", "SUCCEEDED  b c ", "made")
                    .contains("2 succeeded in ");
        }
    }

    @Test
    void failedItemIsExitCodeOneAndItsLogIsShown() throws Exception {
        try (ListSource source = new ListSource("a", "bad")) {
            CommandLineRun run = run(source, "--retries", "1", "--", "sh", "-c", WORKER);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains("Attempt 1 of \"bad\" failed (ExitCode); there will be another one.")
                    .contains("FAILED \"bad\": ExitCode, exit code 3 (2 attempts).")
                    .contains("The end of the log of bad:\n    {\"of\":\"source\"} bad 1\n")
                    .contains("1 succeeded, 1 failed");
        }
    }

    @Test
    void failureWithinASetLimitIsTolerated() throws Exception {
        try (ListSource source = new ListSource("a", "bad")) {
            assertThat(run(source, "--max-failures", "50%", "--", "sh", "-c", WORKER)
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    void jsonIsAllThatIsOnStandardOutput() throws Exception {
        try (ListSource source = new ListSource("a", "bad")) {
            CommandLineRun run = run(source, "--queue", "q", "--output", "json", "--", "sh", "-c", WORKER);
            JsonNode json = new ObjectMapper().readTree(run.out());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("FAILED \"bad\"");
            assertThat(json.path("queue").asText()).isEqualTo("q");
            assertThat(json.path("counts").path("SUCCEEDED").asInt()).isEqualTo(1);
            assertThat(json.path("items")).hasSize(2);
            JsonNode bad = json.path("items").get(1);
            assertThat(bad.path("name").asText()).isEqualTo("bad");
            assertThat(bad.path("state").asText()).isEqualTo("FAILED");
            assertThat(bad.path("reason").asText()).isEqualTo("ExitCode");
            assertThat(bad.path("attempts").asInt()).isEqualTo(1);
            assertThat(bad.path("result").asText().strip()).isEqualTo("made");
        }
    }

    @Test
    void logDirectoryKeepsEveryLog() throws Exception {
        try (ListSource source = new ListSource("a", "bad")) {
            CommandLineRun run = run(source, "--log-dir", directory.toString(), "--", "sh", "-c", WORKER);

            assertThat(run.out()).contains("Its log is kept in " + directory + ".");
            try (var files = Files.list(directory)) {
                assertThat(files.map(RunCommandTest::read))
                        .hasSize(2)
                        .anySatisfy(text -> assertThat(text).contains("{\"of\":\"source\"} a 0"));
            }
        }
    }

    @Test
    void tokenFromAFileIsSentToTheSource() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "s3cret\n");
        try (ListSource source = new ListSource("a")) {
            run(source, "--source-token-file", token.toString(), "--", "true");

            assertThat(source.authorization()).isEqualTo("Bearer s3cret");
        }
    }

    @Test
    void everyOptionMayBeAVariable() throws Exception {
        try (ListSource source = new ListSource("a", "bad")) {
            Map<String, String> environment = Map.of(
                    "TASKQUEUE_SOURCE", source.url(),
                    "TASKQUEUE_LOCAL", "true",
                    "TASKQUEUE_ONCE", "true",
                    "TASKQUEUE_MAX_FAILURES", "1",
                    "TASKQUEUE_ENV", "X=1\nY=two, three\n",
                    "TASKQUEUE_PARALLELISM", "7");
            CommandLineRun run = CommandLineRun.with(
                    environment, "run", "--parallelism", "3", "--", "sh", "-c", "echo $X $Y > $WORK_RESULT_FILE");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("at most 3 at once", "1 two, three");
        }
    }

    @Test
    void variableIsTakenAsItStands() throws Exception {
        try (ListSource source = new ListSource("a")) {
            CommandLineRun run = CommandLineRun.with(
                    Map.of("TASKQUEUE_QUEUE", "${sys:user.home} $${x} ${env:X:-y}"),
                    "run",
                    "--local",
                    "--once",
                    "--source",
                    source.url(),
                    "--",
                    "true");

            assertThat(run.out()).contains("Queue \"${sys:user.home} $${x} ${env:X:-y}\":");
        }
    }

    @Test
    void wordThatBeginsWithAtIsTakenAsItStands() throws Exception {
        String file = "@" + Files.writeString(directory.resolve("words"), "one 'two three' # four");
        try (ListSource source = new ListSource("a")) {
            CommandLineRun run =
                    run(source, "--env", file, "--", "sh", "-c", "echo \"$*\" >$WORK_RESULT_FILE", "x", file, "@@two");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains(file);
            CommandLineRun worker = run(source, "--", "sh", "-c", "echo \"$*\" >$WORK_RESULT_FILE", "x", file, "@@two");
            assertThat(worker.exitCode()).as(worker.err()).isZero();
            assertThat(worker.out()).contains(file + " @@two");
        }
    }

    private static CommandLineRun run(ListSource source, String... more) {
        String[] fixed = {"run", "--local", "--once", "--source", source.url()};
        String[] args = new String[fixed.length + more.length];
        System.arraycopy(fixed, 0, args, 0, fixed.length);
        System.arraycopy(more, 0, args, fixed.length, more.length);
        return CommandLineRun.of(args);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
