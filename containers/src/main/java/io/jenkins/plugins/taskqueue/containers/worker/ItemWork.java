package io.jenkins.plugins.taskqueue.containers.worker;

import picocli.CommandLine;

/** What the commands have in common: the item, and how a failure is told. */
final class ItemWork {
    private static final int CANNOT_GO_ON = 3;

    private ItemWork() {}

    /** What is done with the item; returns the exit code. */
    interface Part {
        int of(WorkItem item) throws WorkerException, InterruptedException;
    }

    static int run(CommandLine command, Part part) throws InterruptedException {
        WorkItem item = null;
        try {
            item = WorkItem.of(System.getenv());
            WorkItem.checkDecoded(item.name());
            return part.of(item);
        } catch (WorkerException e) {
            command.getErr().println("taskqueue: " + e.getMessage());
            if (item != null) {
                item.result(e.getMessage());
            }
            return CANNOT_GO_ON;
        }
    }
}
