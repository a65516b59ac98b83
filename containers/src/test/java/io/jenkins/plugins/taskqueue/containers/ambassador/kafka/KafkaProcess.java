package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;

/** A Kafka of its own, one broker on loopback; it can be killed and started again. */
public final class KafkaProcess implements AutoCloseable {
    private static final String ID = "kmXcmQr4TW2H4vB4bT9N9A";

    private final Path directory;
    private final String classpath;
    private final int port = freePort();
    private final int portForPods = freePort();
    private Process process;

    public KafkaProcess(Path directory) throws Exception {
        this.directory = directory;
        var jars = Path.of(System.getProperty("taskqueue.home"), "containers/target/kafka-classpath");
        Assumptions.assumeTrue(Files.exists(jars), "There are no jars of Kafka here: scripts/verify --only stores");
        classpath = Files.readString(jars);
        var controller = freePort();
        Files.writeString(directory.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%d,PODS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                advertised.listeners=PLAINTEXT://127.0.0.1:%d,PODS://kafka:9092
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PODS:PLAINTEXT
                log.dirs=%s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                message.max.bytes=20000000
                log.flush.interval.messages=1
                """.formatted(
                        controller, port, portForPods, controller, port, directory.resolve("log")));
        var format = java("kafka.tools.StorageTool", "format", "--standalone", "-t", ID, "-c", properties());
        if (!format.waitFor(120, TimeUnit.SECONDS) || format.exitValue() != 0) {
            throw new IOException("Kafka's storage can't be formatted: " + log());
        }
        start();
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private String properties() {
        return directory.resolve("server.properties").toString();
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("kafka.log"));
    }

    private Process java(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("java", "-Xmx400m"));
        command.addAll(CommandLineProcess.SHORT_LIVED);
        command.addAll(List.of("-cp", classpath, main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("kafka.log").toFile()))
                .start();
    }

    /** A port of its own may be taken for a moment, by somebody's connection: then the broker ends, and is begun again. */
    public void start() throws IOException {
        process = java("kafka.Kafka", properties());
        try (var admin = admin()) {
            await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> {
                if (!process.isAlive()) {
                    process = java("kafka.Kafka", properties());
                }
                return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            throw new IOException("The broker does not answer at " + bootstrap() + ": " + log(), e);
        }
    }

    public void kill() {
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }

    /** Where it listens for clients that are to know it as {@code kafka:9092}. */
    public int portForPods() {
        return portForPods;
    }

    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap()));
    }

    public void topic(String name, int partitions) throws Exception {
        try (var admin = admin()) {
            admin.createTopics(Set.of(
                            new NewTopic(name, partitions, (short) 1).configs(Map.of("max.message.bytes", "20000000"))))
                    .all()
                    .get();
        }
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap(), "max.request.size", 20_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public void send(String topic, int partition, String key, byte[]... values) throws Exception {
        try (var producer = producer()) {
            for (var value : values) {
                producer.send(new ProducerRecord<>(topic, partition, key == null ? null : key.getBytes(), value))
                        .get();
            }
        }
    }

    /** The group's offset of the partition; -1 where it has none. */
    public long committed(String group, String topic, int partition) throws Exception {
        try (var admin = admin()) {
            var offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, partition));
            return offset == null ? -1 : offset.offset();
        } catch (ExecutionException noSuchGroup) {
            return -1;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
