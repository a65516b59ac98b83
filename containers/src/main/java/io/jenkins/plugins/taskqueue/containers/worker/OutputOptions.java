package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where outputs go, on the command line. */
final class OutputOptions {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "PLACE",
            description =
                    "The directory, or s3://BUCKET/FOLDER, in which each item gets a folder of its own, complete or not at all.")
    private String to;

    Destination destination(CommandLine command, S3Options store) {
        if (to.startsWith("/")) {
            return new PathDestination(Path.of(to));
        }
        if (!to.startsWith(S3Location.SCHEME)) {
            throw new CommandLine.ParameterException(
                    command,
                    "--to \"" + to + "\" can't be read: give the absolute path of a directory, or s3://BUCKET/FOLDER.");
        }
        try {
            return new S3Destination(store, S3Location.of(to));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command, "--to " + e.getMessage(), e);
        }
    }

    static int store(WorkItem item, WorkFiles files, Destination to) throws WorkerException, InterruptedException {
        Manifest manifest = new Manifest(item.name(), OutputFile.below(files.output()));
        item.result(manifest.result(to.store(manifest)));
        return 0;
    }
}
