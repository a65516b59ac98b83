package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two managers on one queue, both of which may believe that they act, in a {@link ChaosWorld}. Whatever happens, every
 * rule holds and every item comes to its end. {@code -Dchaos.seeds=2000} tries so many seeds of its own.
 */
class ChaosTest {
    private static final int MOST_STEPS = 200_000;

    static LongStream seeds() {
        int more = Integer.getInteger("chaos.seeds", 1);
        long first = System.nanoTime();
        return LongStream.concat(LongStream.rangeClosed(1, 24), LongStream.range(first, first + more));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyItemComesToItsEndAndEveryRuleHolds(long seed) throws Exception {
        ChaosWorld world = new ChaosWorld(new Random(seed));
        String name = "seed " + seed + ", " + world;
        System.out.println("ChaosTest: " + name);

        int steps = 0;
        while (steps < MOST_STEPS && world.ended().isEmpty()) {
            world.step();
            steps++;
        }

        assertThat(world.breaches()).as("%s: %d steps", name, steps).isEmpty();
        assertThat(world.ended()).as("%s: the end after %d steps", name, steps).isPresent();
        assertThat(world.ended().get())
                .as("%s: a run that succeeded has nothing left", name)
                .allMatch(end -> end.phase() != Status.Phase.SUCCEEDED
                        || end.items().stream().allMatch(item -> item.state().isFinal()));
        // The other manager may end with what it saw last, since of a queue without a name nothing is left to look at.
        assertThat(world.ended().get()).as(name).anySatisfy(end -> {
            int succeeded = end.count(ItemState.SUCCEEDED) + end.count(ItemState.SKIPPED);
            assertThat(end.count(ItemState.STARTING) + end.count(ItemState.RUNNING))
                    .isZero();
            if (world.isStopped()) {
                // A success that is not yet seen when the run is stopped is recorded as cancelled.
                assertThat(succeeded).isLessThanOrEqualTo(world.successes());
            } else {
                // The same goes for an item that a person cancels; what an earlier run told the source of is listed no
                // more.
                int unseen = name.contains(", told")
                        ? world.successes()
                        : world.cancelled().size();
                assertThat(succeeded).isBetween(world.successes() - unseen, world.successes());
                assertThat(end.items())
                        .filteredOn(item -> item.state() == ItemState.CANCELLED)
                        .allMatch(item -> world.cancelled().contains(item.name()));
            }
        });
        assertThat(world.leftovers()).as(name).isEmpty();
        assertThat(world.untold()).as("%s: done and not told", name).isEmpty();
    }
}
