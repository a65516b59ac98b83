package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import io.jenkins.plugins.taskqueue.containers.ambassador.ServerOptions;
import io.jenkins.plugins.taskqueue.containers.ambassador.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the records of a topic of Kafka. */
@Command(
        name = "kafka",
        description = {
            "Lists the records of a Kafka topic as items.",
            "A record's offset is committed when it and all before it are done; what failed is put in another topic first."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "  taskqueue ambassador kafka --bootstrap localhost:9092 --topic videos --group thumbnails"})
public final class KafkaCommand implements Callable<Integer> {
    @Option(
            names = "--bootstrap",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Brokers to begin with, several with commas.")
    private String bootstrap;

    @Option(names = "--topic", required = true, description = "The topic whose records are the items.")
    private String topic;

    @Option(
            names = "--group",
            defaultValue = "task-queue",
            description = "The consumer group, which remembers what is done; a new one begins with the first record."
                    + " Default: ${DEFAULT-VALUE}")
    private String group;

    @Option(
            names = "--name",
            defaultValue = "offset",
            description = "What items are named by: offset (topic/partition/offset) or key (key@partition/offset)."
                    + " Default: ${DEFAULT-VALUE}")
    private NamedBy name;

    private enum NamedBy {
        OFFSET,
        KEY
    }

    @Mixin
    private Window window;

    @Option(
            names = "--dead",
            paramLabel = "TOPIC",
            description = "The topic that gets what failed. Default: the topic's name with .dead behind it")
    private String dead;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties of Kafka's clients, such as security.protocol and sasl.jaas.config.")
    private Path config;

    @Mixin
    private ServerOptions server;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = new KafkaSettings(
                bootstrap,
                topic,
                group,
                name == NamedBy.KEY,
                window.items(),
                dead == null ? topic + ".dead" : dead,
                KafkaSettings.PATIENCE,
                config == null ? new Properties() : properties());
        try {
            new ConsumerConfig(settings.consumer());
            new ProducerConfig(settings.producer());
        } catch (ConfigException e) {
            throw wrong("Kafka's client does not take these settings: " + e.getMessage() + ".", e);
        }
        var commandLine = spec.commandLine();
        return server.serve(new KafkaItems(settings).start(), commandLine.getOut(), commandLine.getErr());
    }

    private Properties properties() {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(config)) {
            properties.load(in);
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            throw wrong("--config " + config + " can't be read as properties (" + e.getMessage() + ").", e);
        }
    }

    private CommandLine.ParameterException wrong(String sentence, Throwable cause) {
        return new CommandLine.ParameterException(spec.commandLine(), sentence, cause);
    }
}
