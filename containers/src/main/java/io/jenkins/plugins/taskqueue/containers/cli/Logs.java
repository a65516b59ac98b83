package io.jenkins.plugins.taskqueue.containers.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The libraries' log messages: warnings only, unless more is asked for. */
final class Logs {
    /** Loggers are held weakly by the JDK, and one that is collected forgets its level. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("io.jenkins.plugins.taskqueue");

    private Logs() {}

    static void setVerbose(boolean verbose) {
        ROOT.setLevel(verbose ? Level.INFO : Level.WARNING);
        OURS.setLevel(verbose ? Level.FINE : Level.WARNING);
        for (Handler handler : ROOT.getHandlers()) {
            handler.setLevel(Level.FINE);
            handler.setFormatter(new OneLine());
        }
    }

    private static final class OneLine extends SimpleFormatter {
        @Override
        public String format(LogRecord message) {
            String cause = message.getThrown() == null ? "" : ": " + message.getThrown();
            return message.getInstant() + " " + message.getLevel() + " " + formatMessage(message) + cause + "\n";
        }
    }
}
