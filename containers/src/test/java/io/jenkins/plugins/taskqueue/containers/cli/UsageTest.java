package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bad input gets a sentence and exit code 2, and nothing is done. */
class UsageTest {

    @Test
    void sourceIsRequired() {
        assertUsage("--source", "run", "--image", "i");
    }

    @Test
    void workerIsRequired() {
        assertUsage(
                "The worker is missing: give its image with --image, or try its command with --local.",
                "run",
                "--source",
                "http://127.0.0.1:1");
    }

    @Test
    void localNeedsACommand() {
        assertUsage("give it after \"--\"", "run", "--local", "--source", "http://127.0.0.1:1");
    }

    @Test
    void localRefusesSettingsOfACluster() {
        assertUsage(
                "Local processes have no resource requests",
                "run",
                "--local",
                "--source",
                "http://127.0.0.1:1",
                "--request",
                "cpu=1",
                "--",
                "true");
    }

    @Test
    void localRefusesAQueueOfKueue() {
        assertUsage(
                "Local processes have no queue of Kueue: leave --kueue-queue out",
                "run",
                "--local",
                "--source",
                "http://127.0.0.1:1",
                "--kueue-queue",
                "team-a",
                "--",
                "true");
    }

    @Test
    void noPasswordOfAUrlIsQuoted() {
        for (String[] args : new String[][] {
            {"ambassador", "redis", "redis://user:s3c ret@host/", "--list", "a"},
            {"ambassador", "redis", "rediss://user:s3c/r@et@host:x", "--list", "a"},
            {"run", "--image", "i", "--source", "http://user:s3c ret@host"},
            {"check-source", "http://user:s3c ret@host"}
        }) {
            CommandLineRun run = CommandLineRun.of(args);

            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).isNotBlank().doesNotContain("s3c").doesNotContain("ret@");
        }
    }

    @Test
    void badDurationNamesTheOptionAndTheForm() {
        assertUsage("--timeout", "run", "--source", "http://127.0.0.1:1", "--image", "i", "--timeout", "soon");
        assertUsage("such as 90s", "run", "--source", "http://127.0.0.1:1", "--image", "i", "--timeout", "soon");
    }

    @Test
    void badVariableIsAUsageErrorToo() {
        CommandLineRun run = CommandLineRun.with(
                Map.of("TASKQUEUE_POLL", "often"), "run", "--source", "http://127.0.0.1:1", "--image", "i");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--poll", "\"often\" is no duration");
    }

    @Test
    void badBatchHasTheEnginesSentence() {
        assertUsage(
                "A batch has 1 to 100 items, not 1000.",
                "run",
                "--local",
                "--source",
                "http://127.0.0.1:1",
                "--batch",
                "1000",
                "--",
                "true");
    }

    @Test
    void sourceThatIsNoUrlIsRefused() {
        assertUsage("ftp://x", "run", "--local", "--source", "ftp://x", "--", "true");
    }

    @Test
    void portOutOfRangeIsRefused() {
        assertUsage(
                "--port 70000: a port is a number from 0 to 65535.",
                "run",
                "--local",
                "--source",
                "http://127.0.0.1:1",
                "--port",
                "70000",
                "--",
                "true");
    }

    @Test
    void senselessPatternOfTheVariableForWhatIsLeftOutIsRefused() {
        CommandLineRun run =
                CommandLineRun.with(Map.of("TASKQUEUE_EXCLUDE", "a\n{b\n"), "ambassador", "files", "/", "--port", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("\"{b\" makes no sense");
    }

    private static void assertUsage(String sentence, String... args) {
        CommandLineRun run = CommandLineRun.of(args);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(sentence).contains("See: taskqueue run --help");
        assertThat(run.out()).isEmpty();
    }
}
