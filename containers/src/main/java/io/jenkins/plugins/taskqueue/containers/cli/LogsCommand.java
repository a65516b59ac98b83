package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.ItemLog;
import io.jenkins.plugins.taskqueue.engine.LogStore;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints an item's log. */
@Command(
        name = "logs",
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Prints the log of an item's last attempt: of its pod while that is there, else what was kept of it.",
            "Of a failed item the last 4 KiB are kept; with --log-dir, the whole log that the manager kept there.",
        },
        footer = {"", "Example: taskqueue logs --queue videos holiday.mp4"})
public final class LogsCommand implements Callable<Integer> {
    @Mixin
    private ExistingQueue queue;

    @Option(names = "--log-dir", paramLabel = "DIR", description = "Where the manager keeps logs.")
    private Path logDirectory;

    @Parameters(paramLabel = "ITEM", description = "The item's name.")
    private String item;

    private final Terminal terminal;

    public LogsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return queue.open(cluster -> {
            Status status = queue.status(cluster);
            LogStore kept = logDirectory == null ? null : new LogStore(logDirectory);
            String log = new ItemLog(cluster, kept)
                    .read(status, item)
                    .orElseThrow(() -> new CannotGoOnException(noLog(status)));
            terminal.out().print(terminal.outIsLive() ? Text.cleanLines(log) : log);
            if (!log.endsWith("\n")) {
                terminal.out().println();
            }
            terminal.out().flush();
            return ExitCode.DONE;
        });
    }

    private String noLog(Status status) {
        return status.item(item).isPresent()
                ? "There is no log of \"" + item
                        + "\" any more: only those of failed items stay, unless the manager has" + " a --log-dir."
                : "The queue \"" + queue.name() + "\" has started no item \"" + item + "\": check its name with"
                        + " taskqueue status.";
    }
}
