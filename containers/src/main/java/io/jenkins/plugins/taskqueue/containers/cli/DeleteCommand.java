package io.jenkins.plugins.taskqueue.containers.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes a queue. */
@Command(
        name = "delete",
        sortOptions = false,
        usageHelpWidth = 110,
        description = "Deletes every object of a queue. Workers that run are stopped, and what is done is forgotten.",
        footer = {"", "Example: taskqueue delete --queue videos"})
public final class DeleteCommand implements Callable<Integer> {
    @Mixin
    private ExistingQueue queue;

    private final Terminal terminal;

    public DeleteCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return queue.open(cluster -> {
            cluster.delete();
            terminal.out().println("The queue \"" + queue.name() + "\" is deleted.");
            terminal.out().flush();
            return ExitCode.DONE;
        });
    }
}
