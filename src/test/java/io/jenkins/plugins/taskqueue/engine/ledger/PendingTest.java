package io.jenkins.plugins.taskqueue.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingTest {
    private final List<Row> rows = IntStream.range(0, 20)
            .mapToObj(i -> new Row("item " + i, i, Instant.EPOCH))
            .toList();
    private final Pending pending = new Pending();

    @Test
    void keepsTheOrderInWhichRowsCameWhateverGoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Set<Row> expected = new LinkedHashSet<>();
        for (int i = 0; i < 5_000; i++) {
            Row row = rows.get(random.nextInt(rows.size()));
            switch (random.nextInt(100)) {
                case 0 -> {
                    pending.clear();
                    expected.clear();
                }
                case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> {
                    rows.forEach(pending::add);
                    expected.addAll(rows);
                }
                default -> {
                    if (random.nextBoolean()) {
                        pending.add(row);
                        expected.add(row);
                    } else {
                        pending.remove(row);
                        expected.remove(row);
                    }
                }
            }
            assertThat(pending.stream()).as("seed %d", seed).containsExactlyElementsOf(expected);
            assertThat(pending.isEmpty()).as("seed %d", seed).isEqualTo(expected.isEmpty());
            assertThat(rows).as("seed %d", seed).allMatch(one -> one.pending == expected.contains(one));
        }
    }
}
