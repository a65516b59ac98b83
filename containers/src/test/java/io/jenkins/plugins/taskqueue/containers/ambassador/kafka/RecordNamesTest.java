package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordNamesTest {
    private static ConsumerRecord<byte[], byte[]> record(byte[] key, int partition, long offset) {
        return new ConsumerRecord<>("videos", partition, offset, key, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aRecordIsNamedByItsPlace() {
        assertThat(new RecordNames("videos", false).name(record(bytes("k"), 3, 17)))
                .isEqualTo("videos/3/17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-4711", "a/b@c/1/2", "é 🎬"})
    void aRecordIsNamedByItsKeyAndNoTwoHaveOneName(String key) {
        var names = new RecordNames("videos", true);

        assertThat(names.name(record(bytes(key), 3, 17))).isEqualTo(key + "@3/17");
        assertThat(names.name(record(bytes(key), 3, 18))).isNotEqualTo(names.name(record(bytes(key), 3, 17)));
        assertThat(RecordNames.place(key + "@3/17")).hasValue(new RecordNames.Place(3, 17));
    }

    @Test
    void aKeyThatMakesNoNameIsLeftOut() {
        var names = new RecordNames("videos", true);
        byte[][] keys = {null, {(byte) 0xff}, bytes(""), bytes("a\0b"), bytes("a\nb"), bytes("k".repeat(901))};

        for (var key : keys) {
            assertThat(names.name(record(key, 0, 1))).isEqualTo("videos/0/1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "videos", "videos/0", "videos/x/1", "videos/0/-1", "videos/0/9999999999999999999", "0/1"})
    void whatIsNoNameHasNoPlace(String name) {
        assertThat(RecordNames.place(name)).isEmpty();
    }

    @Test
    void namesAreOrderedByTheirPlace() {
        assertThat(RecordNames.compare("videos/0/9", "videos/0/10")).isNegative();
        assertThat(RecordNames.compare("z@0/9", "a@1/0")).isNegative();
    }
}
