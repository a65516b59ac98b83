package io.jenkins.plugins.taskqueue.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.status.StatusQuery.Sort;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any page is the same part of the whole order, though only the page is sorted. */
class RowOrderTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final MadeUpQueue queue = new MadeUpQueue(random, 60);

    RowOrderTest() {
        System.out.println("RowOrderTest seed " + seed);
        for (int i = 0; i < 400; i++) {
            queue.list("clip-" + random.nextInt(90) + (random.nextBoolean() ? "a" : "B") + i);
        }
        for (int i = 0; i < 25; i++) {
            queue.advance(Duration.ofMillis(random.nextInt(3000)));
        }
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void everyPageIsAPartOfTheWholeOrder(Sort sort) {
        for (boolean descending : new boolean[] {false, true}) {
            List<ItemStatus> whole = queue.status().items().stream()
                    .sorted(order(sort, descending))
                    .toList();
            for (int i = 0; i < 60; i++) {
                int from = random.nextInt(420);
                int limit = 1 + random.nextInt(i % 2 == 0 ? 3 : 400);
                List<ItemStatus> expected =
                        whole.stream().skip(from).limit(limit).toList();
                String query = "sort=" + sort + "&direction=" + (descending ? "descending" : "ascending") + "&offset="
                        + from + "&limit=" + limit;
                assertThat(StatusPage.of(queue.status(), StatusQuery.parse(query), queue.now())
                                .rows())
                        .as("seed %d, %s", seed, query)
                        .isEqualTo(expected);
            }
        }
    }

    private Comparator<ItemStatus> order(Sort sort, boolean descending) {
        return switch (sort) {
            case LISTED -> turned(Comparator.comparing(ItemStatus::id), descending);
            case NAME -> turned((a, b) -> NaturalOrder.compare(a.name(), b.name()), descending);
            case ATTEMPTS -> turned(Comparator.comparing(ItemStatus::attempts), descending);
            case STATE ->
                turned(
                        Comparator.comparing(row -> List.of(
                                        "FAILED", "RUNNING", "STARTING", "PENDING", "CANCELLED", "SUCCEEDED", "SKIPPED")
                                .indexOf(row.state().name())),
                        descending);
            case WAITED -> figures(row -> row.waited(queue.now()), descending);
            case RAN -> figures(row -> row.ran(queue.now()), descending);
        };
    }

    private static Comparator<ItemStatus> figures(Function<ItemStatus, Optional<Duration>> figure, boolean descending) {
        return Comparator.<ItemStatus, Boolean>comparing(
                        row -> figure.apply(row).isEmpty())
                .thenComparing(turned(
                        Comparator.comparing(
                                row -> figure.apply(row).orElse(Duration.ZERO).toMillis()),
                        descending));
    }

    private static Comparator<ItemStatus> turned(Comparator<ItemStatus> order, boolean descending) {
        return descending ? order.reversed() : order;
    }
}
