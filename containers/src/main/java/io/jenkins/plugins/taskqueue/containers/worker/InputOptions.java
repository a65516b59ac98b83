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
                            + " data belongs to it. Default: anywhere")
    private String from = "";

    InputFetch fetch(S3Options store) {
        return new InputFetch(from, store);
    }
}
