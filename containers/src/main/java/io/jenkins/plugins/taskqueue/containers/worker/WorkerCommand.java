package io.jenkins.plugins.taskqueue.containers.worker;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A worker that is made of a script: what brings its input and stores its outputs. */
@Command(
        name = "worker",
        description = "Is a queue's worker, or a stage of it: fetches an item's input, stores what was made of it.",
        subcommands = {DownloadCommand.class, UploadCommand.class, TransformCommand.class},
        mixinStandardHelpOptions = true)
public final class WorkerCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Say which part: worker " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
