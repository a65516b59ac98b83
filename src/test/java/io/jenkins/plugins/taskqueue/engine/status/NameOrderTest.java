package io.jenkins.plugins.taskqueue.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The natural order of names, also of a list that grows while it is asked for, and of some of its rows. */
class NameOrderTest {

    @Test
    void aGrowingListIsInItsNaturalOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int world = 0; world < 40; world++) {
            NameOrder order = new NameOrder();
            List<ItemStatus> rows = new ArrayList<>();
            for (int listing = 0; listing < 6; listing++) {
                for (int added = random.nextInt(30); added > 0; added--) {
                    rows.add(row("item-" + "x".repeat(random.nextInt(3)) + random.nextInt(120)));
                }
                int[] some = IntStream.range(0, rows.size())
                        .filter(i -> random.nextBoolean())
                        .toArray();
                agree("seed " + seed, order, rows, some);
            }
        }
    }

    @Test
    void anOlderStatusOfTheListIsInTheSameOrder() {
        NameOrder order = new NameOrder();
        List<ItemStatus> rows = List.of(row("b"), row("c"), row("a"), row("B"));

        agree("", order, rows.subList(0, 2), 0, 1);
        agree("", order, rows, 0, 1, 2, 3);
        agree("", order, rows.subList(0, 3), 0, 1, 2);
        assertThat(order.of(List.of(), new int[0])).isEmpty();
    }

    @Test
    void aListThatIsInOrderStaysSo() {
        NameOrder order = new NameOrder();

        assertThat(order.of(List.of(row("a-9"), row("a-10"), row("b")), new int[] {0, 1, 2}))
                .containsExactly(0, 1, 2);
    }

    private static void agree(String what, NameOrder order, List<ItemStatus> rows, int... some) {
        Comparator<Integer> byName =
                (a, b) -> NaturalOrder.compare(rows.get(a).name(), rows.get(b).name());
        assertThat(order.of(rows, some))
                .as("%s", what)
                .containsExactly(IntStream.of(some).boxed().sorted(byName).toArray(Integer[]::new));
    }

    private static ItemStatus row(String name) {
        return new ItemStatus(0, name, ItemState.PENDING, "", "", 0, 0, Instant.EPOCH, null, null, "", "", 1);
    }
}
