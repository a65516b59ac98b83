package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "transform",
        description =
                "A whole worker: fetches the item's input, runs a script with INPUT_FILE and OUTPUT_DIR, and stores"
                        + " what it left there.",
        footer = {
            "",
            "Example: taskqueue worker transform --from /videos --to /thumbnails \\",
            "    --script 'ffmpeg -i \"$INPUT_FILE\" -frames:v 1 \"$OUTPUT_DIR/thumbnail.png\"'"
        },
        mixinStandardHelpOptions = true)
final class TransformCommand implements Callable<Integer> {
    @Mixin
    private InputOptions input;

    @Mixin
    private OutputOptions output;

    @Mixin
    private S3Options store;

    @Option(
            names = "--script",
            paramLabel = "TEXT",
            description = "What to do, for /bin/sh; it ends where a command fails.")
    private String script;

    @Parameters(
            paramLabel = "COMMAND ARG",
            arity = "0..*",
            description = "After \"--\": a command in place of a script.")
    private List<String> command = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if ((script == null) == command.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Say what to do, with --script, or with a command after \"--\".");
        }
        Destination to = output.destination(spec.commandLine(), store);
        Script work = script == null ? new Script(command) : Script.shell(script);
        return ItemWork.run(spec.commandLine(), item -> {
            Path directory = directory(item);
            try {
                WorkFiles files = WorkFiles.in(directory);
                files.prepare();
                input.fetch(store).fetch(item, files.input());
                int code = work.run(files.variables());
                return code == 0 ? OutputOptions.store(item, files, to) : failed(item, code);
            } finally {
                Scratch.delete(directory);
            }
        });
    }

    private int failed(WorkItem item, int code) {
        String sentence = "The script ended with exit code " + code + ": nothing is stored.";
        spec.commandLine().getErr().println("taskqueue: " + sentence);
        item.result(sentence);
        return code;
    }

    private static Path directory(WorkItem item) throws WorkerException {
        try {
            return item.directory() == null
                    ? Files.createTempDirectory("item-")
                    : Files.createTempDirectory(item.directory(), "item-");
        } catch (IOException e) {
            throw new WorkerException(
                    "There is no place for the item's files: " + e
                            + ". With a read-only root, mount one at /tmp (--volume empty:/tmp).",
                    e);
        }
    }
}
