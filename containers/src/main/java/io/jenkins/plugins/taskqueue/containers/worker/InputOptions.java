package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import picocli.CommandLine.Option;

/** Where inputs come from, on the command line. */
final class InputOptions {
    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description =
                    "Inputs must be below this directory, http URL or s3://BUCKET/FOLDER; a relative path in an item's"
                            + " data belongs to it.")
    private String from = "";

    @Option(
            names = "--from-anywhere",
            description = "Let an item's data name any URL, object and file that this worker can read.")
    private boolean anywhere;

    /** @throws WorkerException where nobody has said what the data may name */
    InputFetch fetch(S3Options store) throws WorkerException {
        if (from.isEmpty() && !anywhere) {
            throw new WorkerException("Say with --from below which directory, URL or s3://BUCKET/FOLDER inputs are."
                    + " Whoever writes an item's data could else have any file of this worker read;"
                    + " --from-anywhere allows that.");
        }
        return new InputFetch(from, store);
    }
}
