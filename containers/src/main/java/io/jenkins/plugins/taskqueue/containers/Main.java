package io.jenkins.plugins.taskqueue.containers;

import io.jenkins.plugins.taskqueue.containers.ambassador.AmbassadorCommand;
import io.jenkins.plugins.taskqueue.containers.cli.CheckSourceCommand;
import io.jenkins.plugins.taskqueue.containers.cli.CommandFaults;
import io.jenkins.plugins.taskqueue.containers.cli.DeleteCommand;
import io.jenkins.plugins.taskqueue.containers.cli.DemoCommand;
import io.jenkins.plugins.taskqueue.containers.cli.EnvironmentDefaults;
import io.jenkins.plugins.taskqueue.containers.cli.LogsCommand;
import io.jenkins.plugins.taskqueue.containers.cli.RetryCommand;
import io.jenkins.plugins.taskqueue.containers.cli.RunCommand;
import io.jenkins.plugins.taskqueue.containers.cli.StatusCommand;
import io.jenkins.plugins.taskqueue.containers.cli.Terminal;
import io.jenkins.plugins.taskqueue.containers.worker.WorkerCommand;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The command line of the containers, {@code taskqueue}. */
@Command(
        name = "taskqueue",
        usageHelpWidth = 110,
        description = "A work queue on Kubernetes: each item of a source is done once, by a worker of its own.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading =
                "%nExit codes: 0 done, 1 items failed, 2 wrong usage, 3 can't go on; 130 or 143 when stopped.%n",
        footer = {
            "",
            "Every option may be given as a variable instead: --max-failures as TASKQUEUE_MAX_FAILURES,",
            "a flag as true, and an option that may be repeated with one value in each line.",
            "",
            "  taskqueue demo                  see it work, with a few small videos",
            "  taskqueue COMMAND --help        options and examples of a command",
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec command;

    private Main() {}

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        System.exit(commandLine(Terminal.system(environment), environment).execute(args));
    }

    /** The whole command line, with its surroundings from outside. */
    public static CommandLine commandLine(Terminal terminal, Map<String, String> environment) {
        EnvironmentDefaults defaults = new EnvironmentDefaults(environment);
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new RunCommand(terminal))
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(new LogsCommand(terminal))
                .addSubcommand(new RetryCommand(terminal))
                .addSubcommand(new DeleteCommand(terminal))
                .addSubcommand(new AmbassadorCommand())
                .addSubcommand(new WorkerCommand())
                .addSubcommand(new CheckSourceCommand(terminal))
                .addSubcommand(new DemoCommand(terminal));
        line.getSubcommands().values().forEach(Main::helped);
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                // An item and a worker's argument may begin with @, and mean no file of this machine.
                .setExpandAtFiles(false)
                .setDefaultValueProvider(defaults)
                .setExecutionStrategy(parsed -> {
                    parsed.asCommandLineList().forEach(one -> defaults.fill(one.getParseResult()));
                    return new RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(CommandFaults::usage)
                .setExecutionExceptionHandler(CommandFaults::execution);
    }

    /** Every command has --help, in the same words, and so have the commands below it. */
    private static void helped(CommandLine subcommand) {
        if (subcommand.getCommandSpec().findOption("--help") == null) {
            subcommand.getCommandSpec().mixinStandardHelpOptions(false).addOption(CommandFaults.help());
        }
        subcommand.getSubcommands().values().forEach(Main::helped);
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Say what to do: give one of the commands below.");
    }
}
