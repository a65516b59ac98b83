package io.jenkins.plugins.taskqueue.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where two keys differ they are in the order of their names. */
class NameKeysTest {
    private static final String[] PARTS = {
        "a",
        "B",
        "/",
        "é",
        "\uffff",
        "\ufffe",
        " ",
        "-",
        ":",
        "0",
        "1",
        "09",
        "10",
        "999999999",
        "1000000000",
        "7".repeat(20)
    };

    @Test
    void keysNeverContradictTheNaturalOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int world = 0; world < 60; world++) {
            String prefix = IntStream.range(0, random.nextInt(3))
                    .mapToObj(i -> part(random))
                    .reduce("", String::concat);
            List<ItemStatus> rows = IntStream.range(0, 80)
                    .mapToObj(i -> row(prefix + names(random)))
                    .toList();
            agree("seed " + seed, new NameKeys().of(rows), rows);
        }
    }

    @Test
    void numberedNamesAreOrderedByTheirKeysAlone() {
        List<ItemStatus> rows = IntStream.range(0, 2000)
                .mapToObj(i -> row("videos/2026-11-1" + i % 10 + "/part-" + i))
                .toList();
        List<ItemStatus> plain =
                IntStream.range(0, 2000).mapToObj(i -> row("item-" + i)).toList();

        assertThat(new NameKeys().of(plain)).doesNotHaveDuplicates();
        agree("", new NameKeys().of(rows), rows);
    }

    @Test
    void whatIsAddedIsInOrderWithTheRest() {
        NameKeys keys = new NameKeys();
        List<ItemStatus> rows = new ArrayList<>();
        for (String name : List.of("item-10", "item-9", "item-11", "item", "Item-1", "jtem", "item-100")) {
            rows.add(row(name));
            agree(name, keys.of(List.copyOf(rows)), rows);
        }
        assertThat(keys.of(rows.subList(0, 3))).hasSize(7);
    }

    private static void agree(String what, long[] keys, List<ItemStatus> rows) {
        for (int a = 0; a < rows.size(); a++) {
            for (int b = 0; b < rows.size(); b++) {
                if (keys[a] != keys[b]) {
                    assertThat(Long.compare(keys[a], keys[b]))
                            .as(
                                    "%s: \"%s\" and \"%s\"",
                                    what, rows.get(a).name(), rows.get(b).name())
                            .isEqualTo(Integer.signum(NaturalOrder.compare(
                                    rows.get(a).name(), rows.get(b).name())));
                }
            }
        }
    }

    private static String names(Random random) {
        return IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(i -> part(random))
                .reduce("", String::concat);
    }

    private static String part(Random random) {
        return PARTS[random.nextInt(PARTS.length)];
    }

    private static ItemStatus row(String name) {
        return new ItemStatus(0, name, ItemState.PENDING, "", "", 0, 0, Instant.EPOCH, null, null, "", "", 1);
    }
}
