package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The commands on a queue of a real cluster, one after the other as a user gives them. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
class QueueCommandsClusterTest {
    private final String queue = "commands " + UUID.randomUUID();

    @BeforeAll
    static void needsACluster() {
        boolean given = System.getenv("KUBECONFIG") != null;
        if (!given) {
            System.err.println("!!! SKIPPED: no KUBECONFIG. eval \"$(scripts/cluster env)\" after scripts/cluster up");
        }
        Assumptions.assumeTrue(given, "no KUBECONFIG");
    }

    @Test
    void queueIsRunShownRetriedAndDeleted() throws Exception {
        try (ListSource source = new ListSource("a", "bad one")) {
            assertThat(run(source, "echo log of $WORK_ITEM; [ $WORK_ITEM = a ]").exitCode())
                    .isEqualTo(1);

            CommandLineRun status = on("status");
            assertThat(status.exitCode()).isZero();
            assertThat(status.out()).contains("FAILED     bad one  ExitCode: exit code 2", "SUCCEEDED  a ");

            JsonNode json =
                    new ObjectMapper().readTree(on("status", "--output", "json").out());
            assertThat(json.path("queue").asText()).isEqualTo(queue);
            assertThat(json.path("counts").path("FAILED").asInt()).isEqualTo(1);

            assertThat(on("logs", "bad one").out()).contains("log of bad one\n");
            assertSentence("There is no log of \"a\" any more", "logs", "a");
            assertSentence("has started no item \"c\"", "logs", "c");

            assertSentence("Not FAILED, or not known: \"a\". Nothing was changed", "retry", "bad one", "a");
            assertThat(on("status").out()).contains("FAILED     bad one");
            assertThat(on("retry").out()).startsWith("1 item is done again");
            assertThat(on("retry").out()).startsWith("No item of the queue is FAILED");

            CommandLineRun again = run(source, "true");
            assertThat(again.exitCode()).as(again.err()).isZero();
            assertThat(again.out()).contains("1 succeeded, 1 skipped");
        } finally {
            assertThat(on("delete").out()).contains("is deleted");
        }
        assertSentence("There is no queue \"" + queue + "\"", "status");
    }

    @Test
    void runOfItsOwnLeavesNothing() throws Exception {
        try (ListSource source = new ListSource("a")) {
            String image = "docker.io/task-queue/busybox:1";
            CommandLineRun run = CommandLineRun.of(
                    "run", "--once", "--allow-root", "--source", source.url(), "--image", image, "--", "true");
            String name = source.url() + " " + image;

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(CommandLineRun.of("status", "--queue", name).err()).contains("There is no queue");
        }
    }

    private CommandLineRun run(ListSource source, String script) {
        return CommandLineRun.of(
                "run",
                "--once",
                "--allow-root",
                "--queue",
                queue,
                "--source",
                source.url(),
                "--image",
                "docker.io/task-queue/busybox:1",
                "--",
                "sh",
                "-c",
                script);
    }

    private CommandLineRun on(String command, String... more) {
        String[] args = new String[more.length + 3];
        args[0] = command;
        args[1] = "--queue";
        args[2] = queue;
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandLineRun.of(args);
    }

    private void assertSentence(String sentence, String command, String... more) {
        CommandLineRun run = on(command, more);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains(sentence);
        assertThat(run.out()).isEmpty();
    }
}
