package io.jenkins.plugins.taskqueue.containers.cli;

/** A terminal's size in characters. */
record TerminalSize(int columns, int rows) {
    /** For a file or a pipe. */
    static final TerminalSize PLAIN = new TerminalSize(120, 50);
}
