package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** One broker for all, which one of them kills; each test has a topic and a group of its own. */
@Tag("stores")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the broker of KafkaItemsTest")
class KafkaItemsTest {
    @TempDir
    private static Path directory;

    private static KafkaProcess kafka;
    private String topic;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaProcess(directory);
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    @BeforeEach
    void topic(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        kafka.topic(topic, 2);
        kafka.topic(topic + ".dead", 1);
    }

    private KafkaItems items(int window, boolean byKey) {
        return items(topic, window, byKey, KafkaSettings.PATIENCE);
    }

    private KafkaItems items(String name, int window, boolean byKey, Duration patience) {
        var fast = new Properties();
        fast.setProperty("session.timeout.ms", "6000");
        fast.setProperty("heartbeat.interval.ms", "500");
        fast.setProperty("reconnect.backoff.max.ms", "500");
        return new KafkaItems(new KafkaSettings(
                        kafka.bootstrap(), name, topic, byKey, window, topic + ".dead", patience, fast))
                .start();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void send(int partition, int records) throws Exception {
        kafka.send(
                topic,
                partition,
                null,
                IntStream.range(0, records).mapToObj(i -> bytes("" + i)).toArray(byte[][]::new));
    }

    private static List<String> names(KafkaItems items) throws Exception {
        return items.list("", 100_000).names();
    }

    private List<ConsumerRecord<byte[], byte[]>> dead() {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        var partition = new TopicPartition(topic + ".dead", 0);
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrap());
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(Set.of(partition));
            consumer.seekToBeginning(Set.of(partition));
            long end = consumer.endOffsets(Set.of(partition)).get(partition);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
                return letters.size() >= end;
            });
        }
        return letters;
    }

    @Test
    void recordsAreItemsOfBothPartitions() throws Exception {
        kafka.send(topic, 0, "k", bytes("{\"n\":1}"));
        kafka.send(topic, 1, null, bytes("no JSON"), new byte[] {(byte) 0xff}, null);
        try (var items = items(100, false)) {
            assertThat(names(items)).containsExactly(topic + "/0/0", topic + "/1/0", topic + "/1/1", topic + "/1/2");
            assertThat(items.data(topic + "/0/0").orElseThrow())
                    .contains("\"partition\":0,\"offset\":0,", "\"key\":\"k\",\"headers\":{},\"value\":{\"n\":1}}");
            assertThat(items.data(topic + "/1/0").orElseThrow()).contains("\"key\":null", "\"value\":\"no JSON\"}");
            assertThat(items.data(topic + "/1/1").orElseThrow()).contains("\"value\":{\"base64\":\"/w==\"}}");
            assertThat(items.data(topic + "/1/2").orElseThrow()).contains("\"value\":null}");
            assertThat(items.data("another/0/0")).isEmpty();
        }
    }

    @Test
    void recordsOfOneKeyAreTwoItems() throws Exception {
        kafka.send(topic, 0, "order", bytes("1"), bytes("2"));
        try (var items = items(100, true)) {
            assertThat(names(items)).containsExactly("order@0/0", "order@0/1");
            items.done("order@0/0");
            assertThat(names(items)).containsExactly("order@0/1");
        }
    }

    @Test
    void anOffsetIsCommittedOnlyWhenAllBeforeItAreDone() throws Exception {
        send(0, 4);
        try (var items = items(100, false)) {
            names(items);
            items.done(topic + "/0/1");
            items.done(topic + "/0/2");
            assertThat(kafka.committed(topic, topic, 0)).isLessThanOrEqualTo(0);
            assertThat(names(items)).as("it is told again after a crash").hasSize(4);
            assertThat(items.data(topic + "/0/1")).as("but not done again").isEmpty();

            items.done(topic + "/0/0");
            assertThat(kafka.committed(topic, topic, 0)).isEqualTo(3);
            assertThat(names(items)).containsExactly(topic + "/0/3");
            assertThatExceptionOfType(ItemsException.class)
                    .isThrownBy(() -> items.done(topic + "/0/1"))
                    .withMessageContaining("has been committed before");
        }
    }

    @Test
    void theNextAmbassadorGoesOnWhereThisOneWas() throws Exception {
        send(0, 5);
        try (var items = items(100, false)) {
            names(items);
            items.done(topic + "/0/0");
        }
        try (var next = items(100, false)) {
            assertThat(names(next)).hasSize(4).doesNotContain(topic + "/0/0");
        }
    }

    @Test
    void whatFailedIsPutAsideAsItWasBeforeItCountsAsDone() throws Exception {
        var poison = new byte[5 * 1024 * 1024];
        poison[9] = (byte) 0xff;
        kafka.send(topic, 0, "k", poison);
        try (var items = items(100, false)) {
            names(items);
            items.failed(topic + "/0/0", "DataTooLarge");

            assertThat(kafka.committed(topic, topic, 0)).isEqualTo(1);
            assertThat(names(items)).isEmpty();
        }
        assertThat(dead()).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo(poison);
            assertThat(letter.key()).isEqualTo(bytes("k"));
            assertThat(letter.headers().lastHeader("taskqueue.reason").value()).isEqualTo(bytes("DataTooLarge"));
            assertThat(letter.headers().lastHeader("taskqueue.offset").value()).isEqualTo(bytes("0"));
        });
    }

    @Test
    void noMoreThanAWindowIsListedAndMoreIsReadAsItIsDone() throws Exception {
        send(0, 60);
        try (var items = items(10, false)) {
            var first = names(items);
            assertThat(first).hasSize(10);
            for (var name : first) {
                items.done(name);
            }
            assertThat(names(items)).hasSize(10).doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    void anotherMemberGetsHalfOfThePartitionsAndTheirItemsAreListedThere() throws Exception {
        send(0, 10);
        send(1, 10);
        try (var items = items(100, false)) {
            assertThat(names(items)).hasSize(20);
            try (var other = items(100, false)) {
                await().atMost(Duration.ofMinutes(1))
                        .ignoreExceptions()
                        .until(() -> names(items).size() == 10 && names(other).size() == 10);
                var theirs = names(other).get(0);
                assertThatExceptionOfType(ItemsException.class)
                        .isThrownBy(() -> items.done(theirs))
                        .withMessageContaining("with another member of the group");
                other.done(theirs);
            }
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> names(items).size() == 19);
        }
    }

    @Test
    void aBrokerThatIsKilledIsASentenceAndNothingIsLost() throws Exception {
        send(0, 10);
        try (var items = items(topic, 100, false, Duration.ofSeconds(5))) {
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> names(items).size() == 10);
            var held = names(items);
            items.done(held.get(0));
            kafka.kill();
            assertThatExceptionOfType(ItemsException.class)
                    .isThrownBy(() -> names(items))
                    .withMessageContaining("the topic " + topic + " of Kafka");
            assertThatExceptionOfType(ItemsException.class).isThrownBy(() -> items.done(held.get(1)));

            kafka.start();
            await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> {
                assertThat(names(items)).endsWith(held.get(9)).doesNotContain(held.get(0));
                items.done(held.get(9));
            });
            assertThat(items.data(held.get(5))).isPresent();
        }
    }

    @Test
    void aTopicThatIsNotThereIsNamed() throws Exception {
        try (var items = items("nothing", 10, false, KafkaSettings.PATIENCE)) {
            assertThatExceptionOfType(ItemsException.class)
                    .isThrownBy(() -> names(items))
                    .withMessageContaining("There is no topic nothing in Kafka");
        }
    }
}
