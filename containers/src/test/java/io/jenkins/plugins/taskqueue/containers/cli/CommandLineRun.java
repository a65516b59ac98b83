package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.containers.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** One command, run in this process with nothing that is a terminal. */
public record CommandLineRun(int exitCode, String out, String err) {

    public static CommandLineRun of(String... args) {
        return with(Map.of(), args);
    }

    public static CommandLineRun with(Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = Terminal.plain(new PrintWriter(out), new PrintWriter(err));
        int exitCode = Main.commandLine(terminal, environment).execute(args);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
