package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "upload",
        description = "The last stage: stores what is in $WORK_DIR/output, and tells files and bytes as the result.",
        mixinStandardHelpOptions = true)
final class UploadCommand implements Callable<Integer> {
    @Mixin
    private OutputOptions output;

    @Mixin
    private S3Options store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Destination to = output.destination(spec.commandLine(), store);
        return ItemWork.run(spec.commandLine(), item -> OutputOptions.store(item, WorkFiles.shared(item), to));
    }
}
