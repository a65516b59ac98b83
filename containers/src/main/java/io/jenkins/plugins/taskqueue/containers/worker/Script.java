package io.jenkins.plugins.taskqueue.containers.worker;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a user has done with an item's input.
 *
 * @param command the program and its arguments
 */
record Script(List<String> command) {

    /** A shell script that ends where something in it fails. */
    static Script shell(String text) {
        return new Script(List.of("/bin/sh", "-e", "-c", text));
    }

    /** @return its exit code */
    int run(Map<String, String> variables) throws WorkerException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            Thread onSignal = new Thread(process::destroy, "stop");
            Runtime.getRuntime().addShutdownHook(onSignal);
            int code = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(onSignal);
            return code;
        } catch (IOException e) {
            throw new WorkerException("The command " + command.get(0) + " can't be run: " + e.getMessage() + ".", e);
        }
    }
}
