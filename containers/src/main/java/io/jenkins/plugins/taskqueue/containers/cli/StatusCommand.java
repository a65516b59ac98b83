package io.jenkins.plugins.taskqueue.containers.cli;

import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a queue. */
@Command(
        name = "status",
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Shows the items of a queue and how they are.",
            "It reads Kubernetes alone: items that no worker was started for yet are known to the source only.",
        },
        footer = {"", "Example: taskqueue status --queue videos --output json"})
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ExistingQueue queue;

    @Mixin
    private OutputOptions output;

    private final Terminal terminal;

    public StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        OutputFormat format = output.format();
        return queue.open(cluster -> {
            RunReport.print(queue.status(cluster), format, terminal, Instant.now());
            return ExitCode.DONE;
        });
    }
}
