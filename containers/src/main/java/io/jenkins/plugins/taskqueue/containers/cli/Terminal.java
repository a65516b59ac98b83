package io.jenkins.plugins.taskqueue.containers.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a command writes.
 *
 * @param out for what was asked for
 * @param err for what is said meanwhile
 * @param outIsLive whether {@code out} is a terminal that can be painted on
 * @param errIsLive whether {@code err} is one
 * @param size the terminal's size, which may change
 */
public record Terminal(
        PrintWriter out, PrintWriter err, boolean outIsLive, boolean errIsLive, Supplier<TerminalSize> size) {

    /** The process's own. */
    public static Terminal system(Map<String, String> environment) {
        boolean able = !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
        return new Terminal(
                writer(System.out), writer(System.err), able && isTerminal(1), able && isTerminal(2), new TtySize());
    }

    /** Nothing is a terminal, as in a build's log. */
    public static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false, () -> TerminalSize.PLAIN);
    }

    private static PrintWriter writer(PrintStream stream) {
        // UTF-8 whatever the locale: names are Unicode, and a Java of before 18 would turn them into question marks.
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
        if (!Files.isSymbolicLink(link)) {
            return System.console() != null;
        }
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
