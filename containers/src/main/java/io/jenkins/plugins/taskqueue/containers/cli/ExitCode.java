package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.status.Status;

/** What the process's exit code says. A process that SIGINT or SIGTERM ended has 130 or 143, as the JVM does it. */
final class ExitCode {
    /** Every item is done, or its failure is within a limit that was set. */
    static final int DONE = 0;

    static final int ITEMS_FAILED = 1;
    static final int USAGE = 2;
    static final int CANNOT_GO_ON = 3;

    private ExitCode() {}

    static int of(Status end) {
        return end.phase() == Status.Phase.SUCCEEDED ? DONE : ITEMS_FAILED;
    }
}
