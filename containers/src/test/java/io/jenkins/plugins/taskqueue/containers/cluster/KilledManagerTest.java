package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A manager may die at any moment and be started again, with real pods on a real node. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class KilledManagerTest {
    /** With 10 it takes half a minute more. */
    private static final int KILLS = Integer.getInteger("taskqueue.kills", 5);

    private static final int ITEMS = 10 * KILLS;

    @Test
    void killedAtRandomMomentsEveryItemIsDoneOnce() throws Exception {
        long seed = System.nanoTime();
        System.out.println("KilledManagerTest: seed " + seed);
        Random random = new Random(seed);
        try (Scenario scenario = new Scenario(ITEMS, 12)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                ManagerProcess manager = scenario.manager("0.5");
                scenario.awaitDone(kill * ITEMS / (KILLS + 2) + random.nextInt(ITEMS / (KILLS + 2)));
                assertThat(manager.isAlive())
                        .as(() -> manager.output() + manager.errors())
                        .isTrue();
                manager.kill();
            }
            ManagerProcess last = scenario.manager("0.5");
            assertThat(last.exitCode()).as(() -> last.output() + last.errors()).isZero();

            scenario.everyItemWasDoneOnce();
            scenario.deleteLeavesNothing();
        }
    }

    @Test
    void aTerminatedManagerLeavesItsPodsAndANewOneGoesOn() throws Exception {
        try (Scenario scenario = new Scenario(14, 6)) {
            ManagerProcess first = scenario.manager("2");
            scenario.awaitDone(3);
            first.terminate();

            ManagerProcess second = scenario.manager("2");

            assertThat(second.exitCode())
                    .as(() -> second.output() + second.errors())
                    .isZero();
            scenario.everyItemWasDoneOnce();
        }
    }

    @Test
    void twoManagersShareAQueueAndEitherMayBeKilled() throws Exception {
        try (Scenario scenario = new Scenario(32, 8)) {
            ManagerProcess first = scenario.manager("0.5");
            ManagerProcess second = scenario.manager("0.5");
            scenario.awaitDone(8);
            first.kill();
            scenario.awaitDone(14);
            ManagerProcess third = scenario.manager("0.5");
            scenario.awaitDone(20);
            second.kill();

            assertThat(third.exitCode())
                    .as(() -> third.output() + third.errors())
                    .isZero();
            scenario.everyItemWasDoneOnce();
        }
    }
}
