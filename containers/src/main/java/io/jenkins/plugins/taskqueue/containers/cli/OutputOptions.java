package io.jenkins.plugins.taskqueue.containers.cli;

import picocli.CommandLine.Option;

/** How a command speaks. */
final class OutputOptions {
    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "json prints one JSON document on standard output, with every item (default: text).")
    private OutputFormat output;

    @Option(names = "--verbose", description = "Say more on standard error.")
    private boolean verbose;

    OutputFormat format() {
        Logs.setVerbose(verbose);
        return output;
    }
}
