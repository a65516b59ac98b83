package io.jenkins.plugins.taskqueue.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    void numbersCountByTheirValue() {
        assertThat(sorted("part-10", "part-9", "part-09", "part-100", "part"))
                .containsExactly("part", "part-09", "part-9", "part-10", "part-100");
    }

    @Test
    void upperAndLowerCaseStandTogether() {
        assertThat(sorted("b", "A", "a", "B")).containsExactly("A", "a", "B", "b");
    }

    @Test
    void numbersLongerThanALongAreCompared() {
        assertThat(sorted("9".repeat(40), "1" + "0".repeat(40))).containsExactly("9".repeat(40), "1" + "0".repeat(40));
    }

    @Test
    void itIsATotalOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> names = IntStream.range(0, 60)
                .mapToObj(i -> random.ints(random.nextInt(6), 0, 8)
                        .collect(StringBuilder::new, (b, c) -> b.append("0019aAbé".charAt(c)), StringBuilder::append)
                        .toString())
                .toList();
        for (String a : names) {
            for (String b : names) {
                int order = NaturalOrder.compare(a, b);
                assertThat(Integer.signum(order))
                        .as("seed %d: %s, %s", seed, a, b)
                        .isEqualTo(-Integer.signum(NaturalOrder.compare(b, a)));
                assertThat(order == 0).as("seed %d: %s, %s", seed, a, b).isEqualTo(a.equals(b));
                for (String c : names) {
                    if (order < 0 && NaturalOrder.compare(b, c) < 0) {
                        assertThat(NaturalOrder.compare(a, c))
                                .as("seed %d: %s, %s, %s", seed, a, b, c)
                                .isNegative();
                    }
                }
            }
        }
    }

    private static List<String> sorted(String... names) {
        return Stream.of(names).sorted(NaturalOrder::compare).toList();
    }
}
