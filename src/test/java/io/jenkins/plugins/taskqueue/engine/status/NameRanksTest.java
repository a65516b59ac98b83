package io.jenkins.plugins.taskqueue.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranks are the natural order of names, also of a list that grows while it is asked for. */
class NameRanksTest {

    @Test
    void ranksOfAGrowingListAreItsNaturalOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int world = 0; world < 40; world++) {
            NameRanks ranks = new NameRanks();
            List<ItemStatus> rows = new ArrayList<>();
            for (int listing = 0; listing < 6; listing++) {
                for (int added = random.nextInt(30); added > 0; added--) {
                    rows.add(row("item-" + "x".repeat(random.nextInt(3)) + random.nextInt(120)));
                }
                agree("seed " + seed, ranks.of(rows), rows);
            }
        }
    }

    @Test
    void anOlderStatusOfTheListIsInTheSameOrder() {
        NameRanks ranks = new NameRanks();
        List<ItemStatus> rows = List.of(row("b"), row("c"), row("a"), row("B"));

        ranks.of(rows.subList(0, 2));
        ranks.of(rows);

        agree("", ranks.of(rows.subList(0, 3)), rows.subList(0, 3));
        assertThat(ranks.of(List.of())).hasSize(4);
    }

    private static void agree(String what, int[] ranks, List<ItemStatus> rows) {
        for (int a = 0; a < rows.size(); a++) {
            for (int b = 0; b < rows.size(); b++) {
                String one = rows.get(a).name();
                String other = rows.get(b).name();
                assertThat(Integer.compare(ranks[a], ranks[b]))
                        .as("%s: \"%s\" and \"%s\"", what, one, other)
                        .isEqualTo(Integer.signum(NaturalOrder.compare(one, other)));
            }
        }
    }

    private static ItemStatus row(String name) {
        return new ItemStatus(0, name, ItemState.PENDING, "", "", 0, 0, Instant.EPOCH, null, null, "", "", 1);
    }
}
