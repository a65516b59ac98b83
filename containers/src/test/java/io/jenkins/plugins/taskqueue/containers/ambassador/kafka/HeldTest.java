package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.ambassador.kafka.OpenOffsets.Standing;
import io.jenkins.plugins.taskqueue.containers.ambassador.kafka.RecordNames.Place;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class HeldTest {
    private final Held held = new Held(3);

    HeldTest() {
        held.assign(Set.of(0, 1));
    }

    private void take(int partition, long offset, int bytes) {
        held.take(new ConsumerRecord<>(
                "t",
                partition,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                bytes,
                null,
                new byte[0],
                new RecordHeaders(),
                Optional.empty()));
    }

    @Test
    void itIsFullWithAWindowOfOpenRecordsAndNotWithOnesThatAreDone() {
        take(0, 0, 1);
        take(0, 1, 1);
        assertThat(held.isFull()).isFalse();
        take(1, 0, 1);
        assertThat(held.isFull()).isTrue();

        held.done(new Place(0, 1));
        assertThat(held.isFull()).isFalse();
    }

    @Test
    void itIsFullWithFewLargeRecords() {
        take(0, 0, (int) Held.MOST_BYTES);
        assertThat(held.isFull()).isTrue();

        held.done(new Place(0, 0));
        assertThat(held.isFull()).isFalse();
    }

    @Test
    void whatIsDoneStaysListedUntilItsOffsetIsCommitted() {
        take(0, 0, 1);
        take(0, 1, 1);
        held.done(new Place(0, 1));
        assertThat(held.committable(Set.of(0, 1))).isEmpty();
        assertThat(held.listed()).hasSize(2);
        assertThat(held.record(new Place(0, 1))).as("not to be done again").isEmpty();

        held.done(new Place(0, 0));
        assertThat(held.committable(Set.of(0, 1))).isEqualTo(Map.of(0, 2L));
        held.committed(Map.of(0, 2L));
        assertThat(held.listed()).isEmpty();
    }

    @Test
    void aPartitionThatIsRevokedIsForgottenAndReadAnewWhenItComesBack() {
        take(0, 0, (int) Held.MOST_BYTES);
        held.revoke(Set.of(0));
        assertThat(held.isFull()).isFalse();
        assertThat(held.listed()).isEmpty();
        assertThat(held.standing(new Place(0, 0))).isEmpty();

        held.assign(Set.of(0));
        take(0, 0, 1);
        assertThat(held.standing(new Place(0, 0))).hasValue(Standing.OPEN);
    }
}
