package io.jenkins.plugins.taskqueue.containers.s3;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The options of a store, as they are given on the command line. */
public final class StoreOptions {
    private StoreOptions() {}

    public static S3Options of(String... arguments) {
        var options = new S3Options();
        new CommandLine(CommandSpec.create().addMixin("s3", CommandSpec.forAnnotatedObject(options)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments);
        return options;
    }
}
