package io.jenkins.plugins.taskqueue.containers.worker;

import picocli.CommandLine.Option;

/** Where inputs come from, on the command line. */
final class InputOptions {
    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = "Inputs must be below this directory or URL; a relative path in an item's data belongs to it."
                    + " Default: anywhere")
    private String from = "";

    InputFetch fetch() {
        return new InputFetch(from);
    }
}
