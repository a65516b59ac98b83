package io.jenkins.plugins.taskqueue.containers.ambassador.redis;

import io.jenkins.plugins.taskqueue.containers.ambassador.Items;
import io.jenkins.plugins.taskqueue.containers.ambassador.ServerOptions;
import io.jenkins.plugins.taskqueue.containers.ambassador.Window;
import io.jenkins.plugins.taskqueue.containers.cli.DurationConverter;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a stream or a list of Redis. */
@Command(
        name = "redis",
        description = {
            "Lists the entries of a Redis stream, or the elements of a list, as items.",
            "What is done is acknowledged, what failed is moved to the dead letters; a window of them is held at once,"
                    + " and whoever is started after this one goes on with it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  taskqueue ambassador redis redis://localhost:6379 --stream videos --group thumbnails",
            "  taskqueue ambassador redis rediss://user@redis.example.com --list videos --take left"
        })
public final class RedisCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "URL",
            description = "The server, redis://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE], or rediss:// for TLS.")
    private URI url;

    @Option(
            names = "--password",
            description = "The password, instead of in the URL; better given as the variable TASKQUEUE_PASSWORD.")
    private String password;

    @ArgGroup(multiplicity = "1")
    private Key key;

    private static final class Key {
        @Option(names = "--stream", paramLabel = "KEY", description = "The stream (Redis 6.2 or newer).")
        private String stream;

        @Option(names = "--list", paramLabel = "KEY", description = "The list.")
        private String list;
    }

    @Option(
            names = "--group",
            defaultValue = "task-queue",
            description =
                    "The stream's consumer group; where there is none it is made, and begins with the first entry."
                            + " Default: ${DEFAULT-VALUE}")
    private String group;

    @Option(
            names = "--consumer",
            defaultValue = "task-queue",
            description =
                    "Who holds the entries: the same for every ambassador of one queue, another for each queue of the"
                            + " group. Default: ${DEFAULT-VALUE}")
    private String consumer;

    @Option(
            names = "--take-over",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description =
                    "Entries that another consumer of the group has held for so long, and not claimed again, are taken"
                            + " over; 0s for never. Default: ${DEFAULT-VALUE}")
    private Duration takeOver;

    @Option(
            names = "--delete",
            description = "Delete entries that are done from the stream. Default: they stay, acknowledged")
    private boolean delete;

    @Option(
            names = "--take",
            defaultValue = "right",
            description = "The end that elements of a list are taken from: right where they are pushed left, or left."
                    + " Default: ${DEFAULT-VALUE}")
    private RedisList.End end;

    @Mixin
    private Window window;

    @Option(
            names = "--dead",
            paramLabel = "KEY",
            description = "The stream, or list, that gets what failed. Default: the key with :dead behind it")
    private String dead;

    @Mixin
    private ServerOptions server;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Items items;
        try {
            var redis = new RedisServer(url, password);
            items = key.stream == null ? list(redis) : stream(redis);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage(), e);
        }
        var commandLine = spec.commandLine();
        return server.serve(items, commandLine.getOut(), commandLine.getErr());
    }

    private Items list(RedisServer redis) {
        return new RedisList(redis, new RedisList.Settings(key.list, end, window.items(), deadOf(key.list)));
    }

    private Items stream(RedisServer redis) {
        return new RedisStream(
                redis,
                new RedisStream.Settings(
                        key.stream, group, consumer, window.items(), takeOver, deadOf(key.stream), delete));
    }

    private String deadOf(String one) {
        return dead == null ? one + ":dead" : dead;
    }

    private CommandLine.ParameterException wrong(String sentence, Throwable cause) {
        return new CommandLine.ParameterException(spec.commandLine(), sentence, cause);
    }
}
