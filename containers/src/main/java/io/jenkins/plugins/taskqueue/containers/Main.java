package io.jenkins.plugins.taskqueue.containers;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the containers, {@code taskqueue}. */
@Command(
        name = "taskqueue",
        description = "A work queue on Kubernetes: each item of a source is done once, by a worker of its own.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public void run() {
        commandLine().usage(System.out);
    }
}
