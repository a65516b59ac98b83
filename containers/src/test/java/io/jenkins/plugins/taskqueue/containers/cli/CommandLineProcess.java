package io.jenkins.plugins.taskqueue.containers.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command, as a process of its own with variables of its own. */
public final class CommandLineProcess implements AutoCloseable {
    /** Bounds a wait that fails; it proves nothing of how long things take. */
    public static final Duration LONG = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;

    private CommandLineProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static CommandLineProcess start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.jenkins.plugins.taskqueue.containers.Main"));
        command.addAll(List.of(args));
        Path output = Files.createTempFile("taskqueue-", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new CommandLineProcess(builder.start(), output);
    }

    /** All that it has written. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** @throws IllegalStateException if it does not end */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("It has not ended; it said: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }
}
