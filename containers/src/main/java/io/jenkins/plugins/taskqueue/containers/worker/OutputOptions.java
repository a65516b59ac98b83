package io.jenkins.plugins.taskqueue.containers.worker;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where outputs go, on the command line. */
final class OutputOptions {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "PLACE",
            description = "The directory in which each item gets a folder of its own, complete or not at all.")
    private String to;

    Destination destination(CommandLine command) {
        if (!to.startsWith("/")) {
            throw new CommandLine.ParameterException(
                    command, "--to \"" + to + "\" can't be read: give the absolute path of a directory.");
        }
        return new PathDestination(Path.of(to));
    }

    static int store(WorkItem item, WorkFiles files, Destination to) throws WorkerException, InterruptedException {
        Manifest manifest = new Manifest(item.name(), OutputFile.below(files.output()));
        item.result(manifest.result(to.store(manifest)));
        return 0;
    }
}
