package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualQueue;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueManagerTest {
    private final ManualQueue world = new ManualQueue();

    private QueueManager manager(FakeSource source, UnaryOperator<QueueSpecBuilder> settings)
            throws InterruptedException {
        QueueSpecBuilder builder = QueueSpec.builder("videos", WorkerSpec.worker("acme/thumbnailer:1"))
                .parallelism(4);
        QueueSpec spec = settings.apply(builder).build();
        world.rules.parallelism(spec.parallelism()).budgets(spec.retries(), spec.disruptionRetries());
        QueueManager manager = new QueueManager(spec, source, world.cluster, world.logs(), world.engine());
        manager.step();
        return manager;
    }

    private void pass(QueueManager manager, int times) {
        for (int i = 0; i < times; i++) {
            world.clock.advance(Duration.ofMillis(500));
            manager.pass();
        }
    }

    private Status runToEnd(QueueManager manager) {
        for (int i = 0; i < 500 && !manager.status().phase().isEnd(); i++) {
            pass(manager, 1);
            world.kubelet.startAll();
            world.kubelet.succeedAll();
            world.kubelet.reap();
        }
        return manager.status();
    }

    @AfterEach
    void everyRuleHeld() {
        assertThat(world.rules.breaches()).isEmpty();
    }

    @Test
    void worksOffEveryItem() throws Exception {
        QueueManager manager = manager(FakeSource.of(10), settings -> settings);

        Status end = runToEnd(manager);

        assertThat(end.phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(end.count(ItemState.SUCCEEDED)).isEqualTo(10);
        assertThat(world.rules.successes()).hasSize(10);
        assertThat(world.store.jobs()).isEmpty();
        assertThat(world.store.pods()).isEmpty();
    }

    @Test
    void startsAsManyAsTheParallelismAndNoMore() throws Exception {
        QueueManager manager = manager(FakeSource.of(10), settings -> settings.parallelism(3));

        pass(manager, 10);

        assertThat(world.store.pods()).hasSize(3);
        assertThat(manager.status().count(ItemState.STARTING)).isEqualTo(3);
        assertThat(manager.status().count(ItemState.PENDING)).isEqualTo(7);
    }

    @Test
    void retriesAFailedItemAndThenFailsIt() throws Exception {
        QueueManager manager = manager(FakeSource.of("a"), settings -> settings.retries(1));

        for (int i = 0; i < 40; i++) {
            pass(manager, 1);
            world.kubelet.startAll();
            world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
        }

        Status end = manager.status();
        assertThat(end.phase()).isEqualTo(Status.Phase.FAILED);
        assertThat(end.items().get(0).attempts()).isEqualTo(2);
        assertThat(end.items().get(0).reason()).isEqualTo("ExitCode");
        assertThat(end.items().get(0).logTail()).isEqualTo("log of 1-0-1");
    }

    @Test
    void anEmptyListingIsASuccess() throws Exception {
        QueueManager manager = manager(FakeSource.of(0), settings -> settings);

        assertThat(runToEnd(manager).phase()).isEqualTo(Status.Phase.SUCCEEDED);
    }

    @Test
    void aSecondRunOfANamedQueueSkipsWhatIsDone() throws Exception {
        runToEnd(manager(FakeSource.of("a", "b"), settings -> settings));

        Status second = runToEnd(manager(FakeSource.of("a", "b", "c"), settings -> settings));

        assertThat(second.count(ItemState.SKIPPED)).isEqualTo(2);
        assertThat(second.count(ItemState.SUCCEEDED)).isEqualTo(1);
        assertThat(world.rules.successes()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void aQueueWithoutANameLeavesNothing() throws Exception {
        Status end = runToEnd(manager(FakeSource.of("a"), settings -> settings.named(false)));

        assertThat(end.phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(world.store.records()).isEmpty();
    }
}
