package io.jenkins.plugins.taskqueue.containers.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What a user reads, and the exit code, when a command does not do what was asked. */
public final class CommandFaults {
    private CommandFaults() {}

    /** The option with which every command explains itself. */
    public static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build();
    }

    /** A wrong command line: the fact, and where to look. */
    public static int usage(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("taskqueue: " + Text.clean(withoutPasswords(fault.getMessage())));
        if (command.getParent() == null) {
            command.usage(err, Ansi.OFF);
        } else {
            err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        err.flush();
        return ExitCode.USAGE;
    }

    /** What can't be understood is quoted, and may be a URL with a password in it. */
    static String withoutPasswords(String message) {
        return message.replaceAll("(\\w://).*@", "$1…@");
    }

    /** A command that could not do its work. */
    public static int execution(Exception fault, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (fault instanceof CannotGoOnException) {
            err.println("taskqueue: " + Text.clean(fault.getMessage()));
        } else {
            err.println("taskqueue: a defect in Task Queue stopped the command; please report it with what follows.");
            fault.printStackTrace(err);
        }
        err.flush();
        return ExitCode.CANNOT_GO_ON;
    }
}
