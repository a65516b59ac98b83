package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.ambassador.kafka.OpenOffsets.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenOffsetsTest {
    private final OpenOffsets<String> offsets = new OpenOffsets<>();

    private void take(long... some) {
        for (long offset : some) {
            offsets.take(offset, "record " + offset);
        }
    }

    @Test
    void onlyWhatIsBehindNothingOpenMayBeCommitted() {
        take(5, 6, 7);
        offsets.done(6, "");
        assertThat(offsets.committable()).isEqualTo(5);
        assertThat(offsets.isToBeCommitted()).isFalse();

        offsets.done(5, "");
        assertThat(offsets.committable()).isEqualTo(7);
        offsets.done(7, "");
        assertThat(offsets.committable()).isEqualTo(8);
    }

    @Test
    void gapsInATopicHoldNothingUp() {
        take(5, 90, 91);
        offsets.done(5, "");

        assertThat(offsets.committable()).isEqualTo(90);
        assertThat(offsets.standing(50)).isEqualTo(Standing.PAST);
    }

    @Test
    void whatIsDoneIsKnownUntilItIsCommitted() {
        take(5, 6);
        offsets.done(6, "remains");
        assertThat(offsets.standing(6)).isEqualTo(Standing.DONE);
        assertThat(offsets.doneRecords()).containsExactly("remains");

        offsets.done(5, "");
        offsets.committed(7);
        assertThat(offsets.standing(6)).isEqualTo(Standing.PAST);
        assertThat(offsets.doneRecords()).isEmpty();
        assertThat(offsets.isToBeCommitted()).isFalse();
    }

    @Test
    void howAnOffsetStands() {
        assertThat(offsets.standing(0)).as("nothing is known yet").isEqualTo(Standing.AHEAD);
        take(5);

        assertThat(offsets.standing(4)).isEqualTo(Standing.PAST);
        assertThat(offsets.standing(5)).isEqualTo(Standing.OPEN);
        assertThat(offsets.standing(6)).isEqualTo(Standing.AHEAD);
    }

    @Test
    void aPartitionWithoutRecordsStartsWhereItIsRead() {
        offsets.startAt(40);

        assertThat(offsets.standing(39)).isEqualTo(Standing.PAST);
        assertThat(offsets.isToBeCommitted()).isFalse();
    }

    @Test
    void inWhateverOrderTheyAreDoneNothingOpenIsEverCommitted() {
        long seed = System.nanoTime();
        System.out.println("OpenOffsetsTest: seed " + seed);
        Random random = new Random(seed);
        List<Long> open = new ArrayList<>();
        for (long offset = 100, i = 0; i < 300; i++, offset += 1 + random.nextInt(3)) {
            take(offset);
            open.add(offset);
        }
        List<Long> order = new ArrayList<>(open);
        Collections.shuffle(order, random);
        for (long done : order) {
            offsets.done(done, "");
            open.remove(done);
            long first = open.stream().min(Long::compare).orElse(Long.MAX_VALUE);
            assertThat(offsets.committable()).as("seed %d", seed).isLessThanOrEqualTo(first);
            if (random.nextBoolean()) {
                offsets.committed(offsets.committable());
            }
        }
        assertThat(offsets.openCount()).isZero();
        offsets.committed(offsets.committable());
        assertThat(offsets.doneCount()).isZero();
    }
}
