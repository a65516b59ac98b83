package io.jenkins.plugins.taskqueue.containers.ambassador;

import io.jenkins.plugins.taskqueue.containers.ambassador.kafka.KafkaCommand;
import io.jenkins.plugins.taskqueue.containers.ambassador.redis.RedisCommand;
import io.jenkins.plugins.taskqueue.containers.ambassador.s3.S3Command;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts a source ambassador: one subcommand for each kind of store. */
@Command(
        name = "ambassador",
        description = "Serves the items of a store to a queue, over HTTP.",
        subcommands = {FilesCommand.class, S3Command.class, RedisCommand.class, KafkaCommand.class},
        mixinStandardHelpOptions = true)
public final class AmbassadorCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Say which store: ambassador "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
