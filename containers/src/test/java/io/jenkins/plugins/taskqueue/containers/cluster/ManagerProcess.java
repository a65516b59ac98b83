package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a JVM of its own, so that it can be killed. */
final class ManagerProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private ManagerProcess(List<String> arguments) throws IOException {
        out = Files.createTempFile("manager-", ".out");
        err = Files.createTempFile("manager-", ".err");
        List<String> command = CommandLineProcess.command("-Dtaskqueue.home=" + TestCluster.HOME);
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    static ManagerProcess start(List<String> arguments) throws IOException {
        return new ManagerProcess(arguments);
    }

    static ManagerProcess start(String... arguments) throws IOException {
        return new ManagerProcess(List.of(arguments));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    void terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS))
                .as("ends after SIGTERM")
                .isTrue();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(TestCluster.LONG.toSeconds(), TimeUnit.SECONDS))
                .as(() -> "ended; it said:\n" + output() + errors())
                .isTrue();
        return process.exitValue();
    }

    String output() {
        return read(out);
    }

    String errors() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
