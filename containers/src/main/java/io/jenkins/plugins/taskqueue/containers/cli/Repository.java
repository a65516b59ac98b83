package io.jenkins.plugins.taskqueue.containers.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The clone that the launcher belongs to, with its scripts and examples.
 *
 * @param home its directory
 * @param say told what scripts say on standard error while they run
 */
record Repository(Path home, Consumer<String> say) {

    static Repository find(Consumer<String> say) {
        String home = System.getProperty("taskqueue.home");
        if (home == null || !Files.isDirectory(Path.of(home, "examples"))) {
            throw new CannotGoOnException(
                    "The demo needs the repository's scripts and examples: run it as ./taskqueue demo in a clone.");
        }
        return new Repository(Path.of(home), say);
    }

    Path file(String path) {
        return home.resolve(path);
    }

    /**
     * Runs one of its scripts to its end.
     *
     * @return what it printed on standard output
     * @throws IOException with a sentence where it failed; what it said has been told
     */
    String run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(file(script).toString()));
        command.addAll(List.of(arguments));
        Path answer = Files.createTempFile("task-queue-", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(answer.toFile())
                    .redirectInput(new java.io.File("/dev/null"))
                    .start();
            try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(say);
            }
            if (process.waitFor() != 0) {
                throw new IOException(
                        script + " failed with exit code " + process.exitValue() + ": see what it said above.");
            }
            return Files.readString(answer).strip();
        } finally {
            Files.delete(answer);
        }
    }
}
