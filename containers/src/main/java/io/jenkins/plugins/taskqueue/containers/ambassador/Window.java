package io.jenkins.plugins.taskqueue.containers.ambassador;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much of a store that only gives, and never lists, is held at once: the same for all of that kind. */
public final class Window {
    private static final int MOST = 100_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--window",
            defaultValue = "1000",
            description = "The most items listed at once that are not done. Default: ${DEFAULT-VALUE}")
    private int items;

    /** @throws ParameterException where it is out of bounds */
    public int items() {
        if (items < 1 || items > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "--window " + items + ": list 1 to " + MOST + " items at once.");
        }
        return items;
    }
}
