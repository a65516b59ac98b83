package io.jenkins.plugins.taskqueue.containers.cli;

/** Ties a run to the process: SIGINT and SIGTERM stop it cleanly, and the JVM then ends with 130 or 143. */
final class Processes {
    private Processes() {}

    static int run(ManagerRun run) throws InterruptedException {
        Thread onSignal = new Thread(run::stop, "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            return run.run();
        } finally {
            if (forget(onSignal)) {
                run.close();
            }
        }
    }

    /** Whether it was in time: a process that is being stopped already has the hook close the run. */
    private static boolean forget(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            return false;
        }
    }
}
