package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.containers.check.Finding;
import io.jenkins.plugins.taskqueue.containers.check.SourceCheck;
import io.jenkins.plugins.taskqueue.containers.check.Verdict;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries an ambassador. */
@Command(
        name = "check-source",
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Tries a source ambassador against the source API and says of each rule whether it holds.",
            "It only reads, unless --acknowledge is given. Exit code 0: no rule is broken, 1: some are.",
        },
        footer = {"", "Example: taskqueue check-source http://127.0.0.1:8080"})
public final class CheckSourceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "URL", description = "The ambassador's base URL, such as http://127.0.0.1:8080")
    private String url;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the bearer token that it asks for.")
    private Path tokenFile;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "20s",
            converter = DurationConverter.class,
            description = "The longest that one request may take (default: ${DEFAULT-VALUE}; a queue waits for 60s).")
    private Duration timeout;

    @Option(
            names = "--acknowledge",
            paramLabel = "ITEM",
            defaultValue = "",
            description = "Tell it that this item is done, as a queue would: the item is then done for it.")
    private String acknowledge;

    @Mixin
    private OutputOptions output;

    private final Terminal terminal;

    public CheckSourceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        OutputFormat format = output.format();
        List<Finding> findings = new SourceCheck(settings(), acknowledge).findings();
        int width = terminal.outIsLive() ? terminal.size().get().columns() : TerminalSize.PLAIN.columns();
        List<String> lines = format == OutputFormat.JSON
                ? List.of(FindingsReport.json(url, findings))
                : FindingsReport.lines(findings, width);
        lines.forEach(terminal.out()::println);
        terminal.out().flush();
        boolean broken = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.BROKEN);
        return broken ? ExitCode.ITEMS_FAILED : ExitCode.DONE;
    }

    private HttpSourceSettings settings() {
        try {
            HttpSourceSettings settings = HttpSourceSettings.of(url).withTimeout(timeout);
            return tokenFile == null ? settings : settings.withToken(Files.readString(tokenFile));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "--token-file: the file " + tokenFile + " can't be read: check its path and its rights.",
                    e);
        }
    }
}
