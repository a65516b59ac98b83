package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "download",
        description = "The first stage: fetches the item's input to $WORK_DIR/input, and makes $WORK_DIR/output.",
        footer = {
            "",
            "Example: taskqueue run ... --stage fetch=task-queue -- taskqueue worker download --from http://in \\",
            "    --stage make=acme/ffmpeg -- sh -c 'ffmpeg -i $WORK_DIR/input $WORK_DIR/output/a.png' \\",
            "    --stage store=task-queue -- taskqueue worker upload --to /out"
        },
        mixinStandardHelpOptions = true)
final class DownloadCommand implements Callable<Integer> {
    @Mixin
    private InputOptions input;

    @Mixin
    private S3Options store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return ItemWork.run(spec.commandLine(), item -> {
            WorkFiles files = WorkFiles.shared(item);
            files.prepare();
            input.fetch(store).fetch(item, files.input());
            return 0;
        });
    }
}
