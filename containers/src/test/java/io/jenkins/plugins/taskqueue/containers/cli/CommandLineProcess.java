package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.containers.Main;
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

    /** For JVMs that live for seconds: no second compiler, and no collector with threads of its own. */
    public static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** What starts the command line from these classes, without a build; its arguments are to follow. */
    public static List<String> command(String... jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_LIVED);
        command.addAll(List.of(jvmOptions));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        return command;
    }

    public static CommandLineProcess start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = command();
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
