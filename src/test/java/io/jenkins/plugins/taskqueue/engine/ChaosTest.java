package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two managers on one queue, both of which may believe that they act, in a {@link ChaosWorld}. Whatever happens, every
 * rule holds and every item comes to its end. {@code -Dchaos.seeds=2000} tries so many seeds of its own.
 */
class ChaosTest {
    private static final int FIXED = 24;
    private static final List<ChaosWorld> FIXED_WORLDS = new ArrayList<>();
    private static final int MOST_STEPS = 60_000;

    static LongStream seeds() {
        int more = Integer.getInteger("chaos.seeds", 1);
        long first = Long.getLong("chaos.first", System.nanoTime());
        return LongStream.concat(LongStream.rangeClosed(1, FIXED), LongStream.range(first, first + more));
    }

    /** Else they would prove little: each kind of mischief happens in several of the fixed worlds, and so does what it is to meet. */
    @AfterAll
    static void theFixedWorldsHaveEverything() {
        if (FIXED_WORLDS.size() == FIXED) {
            for (Mischief kind : Mischief.values()) {
                assertThat(FIXED_WORLDS)
                        .as("%s in the fixed worlds", kind)
                        .filteredOn(world -> world.happened().containsKey(kind))
                        .hasSizeGreaterThan(2);
            }
            assertThat(FIXED_WORLDS).filteredOn(world -> world.items >= 150).hasSizeGreaterThan(FIXED / 2);
            assertThat(FIXED_WORLDS)
                    .filteredOn(world -> world.world.rules.merges() > 0)
                    .hasSizeGreaterThan(FIXED / 4);
            assertThat(FIXED_WORLDS)
                    .filteredOn(world -> world.world.rules.retries() > 10)
                    .hasSizeGreaterThan(FIXED / 2);
            for (ChaosWorld.Ending ending : ChaosWorld.Ending.values()) {
                assertThat(FIXED_WORLDS).anyMatch(world -> world.ending == ending);
            }
        }
        FIXED_WORLDS.clear();
    }

    /** Neighbouring seeds of {@link Random} draw alike: mixed they make worlds that have nothing in common. */
    static Random random(long seed) {
        return new Random(new SplittableRandom(seed).nextLong());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyItemComesToItsEndAndEveryRuleHolds(long seed) throws Exception {
        ChaosWorld chaos = new ChaosWorld(random(seed));
        String name = "seed " + seed + ", " + chaos;

        int steps = 0;
        while (steps < MOST_STEPS && chaos.ended().isEmpty()) {
            chaos.step();
            steps++;
        }

        System.out.println("ChaosTest: " + name + ", " + steps + " steps");
        if (seed <= FIXED) {
            FIXED_WORLDS.add(chaos);
        }
        assertThat(chaos.world.rules.breaches())
                .as("%s: %d steps, %s", name, steps, chaos.happened())
                .isEmpty();
        assertThat(chaos.ended()).as("%s: the end after %d steps", name, steps).isPresent();
        if (chaos.leaving) {
            assertThat(chaos.world.store.pods()).as("%s: held for ever", name).isEmpty();
            return;
        }
        assertThat(chaos.ended().get())
                .as("%s: a run that succeeded has nothing left", name)
                .allMatch(end -> end.phase() != Status.Phase.SUCCEEDED
                        || end.items().stream().allMatch(item -> item.state().isFinal()));
        // The other manager may end with what it saw last, since of a queue without a name nothing is left to look at.
        assertThat(chaos.ended().get()).as(name).anySatisfy(end -> assertCounts(chaos, end));
        assertThat(chaos.leftovers()).as(name).isEmpty();
        assertThat(chaos.untold()).as("%s: done and not told", name).isEmpty();
    }

    private static void assertCounts(ChaosWorld chaos, Status end) {
        int succeeded = end.count(ItemState.SUCCEEDED) + end.count(ItemState.SKIPPED);
        assertThat(end.count(ItemState.STARTING) + end.count(ItemState.RUNNING)).isZero();
        if (chaos.isStopped()) {
            // A success that is not yet seen when the run is stopped is recorded as cancelled.
            assertThat(succeeded).isLessThanOrEqualTo(chaos.successes());
        } else {
            // The same goes for an item that a person cancels; what an earlier run told the source of is listed no
            // more.
            int unseen = chaos.isTold() ? chaos.successes() : chaos.cancelled.size();
            assertThat(succeeded).isBetween(chaos.successes() - unseen, chaos.successes());
            assertThat(end.items())
                    .filteredOn(item -> item.state() == ItemState.CANCELLED)
                    .allMatch(item -> chaos.cancelled.contains(item.name()));
        }
    }
}
