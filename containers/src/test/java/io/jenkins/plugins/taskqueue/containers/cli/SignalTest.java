package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as a whole, ended from outside. */
class SignalTest {
    @TempDir
    private Path directory;

    @Test
    void sigtermStopsTheRunAndItsWorkersAndSaysSo() throws Exception {
        Path pid = directory.resolve("pid");
        try (ListSource source = new ListSource("a")) {
            Process taskqueue = start(source, "echo $$ $WORK_ITEM_FILE > " + pid + "; sleep 600; true");
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid) && Files.size(pid) > 0);
            String[] worker = Files.readString(pid).trim().split(" ");
            taskqueue.destroy();

            assertThat(taskqueue.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(taskqueue.exitValue()).isEqualTo(143);
            assertThat(Files.readString(directory.resolve("err"))).contains("Stopped, and the workers too");
            assertThat(Files.readString(directory.resolve("out"))).doesNotContain("STATE");
            assertThat(ProcessHandle.of(Long.parseLong(worker[0])).filter(ProcessHandle::isAlive))
                    .isEmpty();
            assertThat(Path.of(worker[1]).getParent()).doesNotExist();
        }
    }

    private Process start(ListSource source, String script) throws Exception {
        List<String> command = CommandLineProcess.command();
        command.addAll(List.of("run", "--local", "--source", source.url(), "--", "sh", "-c", script));
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }
}
