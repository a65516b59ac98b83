package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualQueue;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two managers on one queue, both of which may believe that they act. Calls are carried out late, fail, or lose their
 * answer; observations lag; pods fail and are taken away; Jobs are deleted by hand; managers are killed with calls in
 * flight. Whatever happens, every rule holds and every item comes to its end.
 */
class ChaosTest {
    private static final int ITEMS = 40;
    private static final int PARALLELISM = 6;
    private static final int RETRIES = 2;
    private static final int MOST_STEPS = 200_000;

    private final ManualQueue world = new ManualQueue();
    private final FakeSource source = FakeSource.of(ITEMS);
    private final Map<String, Integer> failures = new HashMap<>();
    private final List<Manager> managers = new ArrayList<>();
    private Random random;

    /** A manager whose calls wait until they are picked. */
    private final class Manager {
        final FakeCluster cluster = new FakeCluster(world.store).lagging();
        final List<Runnable> calls = new ArrayList<>();
        final QueueManager queue;

        Manager() throws InterruptedException {
            QueueSpec spec = QueueSpec.builder("chaos", WorkerSpec.worker("acme/worker:1"))
                    .parallelism(PARALLELISM)
                    .retries(RETRIES)
                    .disruptionRetries(1000)
                    .batchItems(1 + random.nextInt(8))
                    .logs(random.nextBoolean())
                    .build();
            Engine engine = new Engine(world.clock, null, calls::add, Runnable::run, event -> {});
            queue = new QueueManager(spec, source, cluster, null, engine);
            queue.step();
            cluster.failBefore(Kind.PASSING, call -> random.nextInt(20) == 0);
            cluster.failAfter(call -> random.nextInt(20) == 0);
        }

        void step() throws InterruptedException {
            switch (random.nextInt(6)) {
                case 0 -> cluster.sync();
                case 1 -> cluster.acting(random.nextInt(4) > 0);
                case 2 -> queue.pass();
                default -> {
                    if (!calls.isEmpty()) {
                        calls.remove(random.nextInt(calls.size())).run();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 0})
    void everyItemComesToItsEndAndEveryRuleHolds(long given) throws Exception {
        long seed = given == 0 ? System.nanoTime() : given;
        System.out.println("ChaosTest: seed " + seed);
        random = new Random(seed);
        world.rules.parallelism(PARALLELISM).budgets(RETRIES, 1000);
        managers.add(new Manager());
        managers.add(new Manager());

        int steps = 0;
        while (steps < MOST_STEPS && managers.stream().noneMatch(ChaosTest::hasEnded)) {
            steps++;
            world.clock.advance(Duration.ofMillis(random.nextInt(200)));
            managers.get(random.nextInt(managers.size())).step();
            moveAPod();
            mischief();
        }

        assertThat(world.rules.breaches()).as("seed %d, %d steps", seed, steps).isEmpty();
        assertThat(managers).as("seed %d: ended after %d steps", seed, steps).anyMatch(ChaosTest::hasEnded);
        long failed = failures.values().stream().filter(n -> n > RETRIES).count();
        assertThat(world.rules.successes().size() + failed).as("seed %d", seed).isEqualTo(ITEMS);
        assertThat(world.store.jobs()).as("seed %d", seed).isEmpty();
        assertThat(world.store.pods()).as("seed %d", seed).isEmpty();
        assertThat(world.rules.mostStarted()).as("seed %d", seed).isGreaterThan(1);
    }

    private static boolean hasEnded(Manager manager) {
        return manager.queue.status().phase().isEnd();
    }

    private void moveAPod() {
        world.kubelet.reap();
        List<PodView> pods = world.store.pods();
        if (pods.isEmpty()) {
            return;
        }
        PodView pod = pods.get(random.nextInt(pods.size()));
        Instant now = world.clock.instant();
        if (pod.phase() == Phase.PENDING) {
            world.kubelet.start(pod);
        } else if (pod.phase() == Phase.RUNNING) {
            int dice = random.nextInt(100);
            if (dice < 40) {
                world.kubelet.set(FakePods.succeeded(pod, now, ""));
            } else if (dice < 55) {
                fail(pod, now);
            } else if (dice < 60) {
                world.kubelet.set(FakePods.disrupted(pod, now, "Evicted"));
            }
        }
    }

    private void fail(PodView pod, Instant now) {
        world.kubelet.set(FakePods.failed(pod, now, "ExitCode"));
        failures.merge(world.store.itemOf(pod), 1, Integer::sum);
    }

    private void mischief() throws InterruptedException {
        int dice = random.nextInt(2000);
        if (dice < 4) {
            managers.set(random.nextInt(managers.size()), new Manager());
        } else if (dice < 8 && !world.store.jobs().isEmpty()) {
            List<JobView> jobs = world.store.jobs();
            world.store.deleteJobByHand(jobs.get(random.nextInt(jobs.size())).batch());
        } else if (dice < 12 && !world.store.pods().isEmpty()) {
            List<PodView> pods = world.store.pods();
            world.store.delete(pods.get(random.nextInt(pods.size())).name());
        }
    }
}
