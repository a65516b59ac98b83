package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualQueue;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A queue in memory and its managers, driven pass by pass. */
final class Driven {
    static final Duration STEP = Duration.ofMillis(500);

    final ManualQueue world = new ManualQueue();
    final FakeSource source;
    QueueManager manager;

    Driven(FakeSource source) {
        this.source = source;
        world.rules.parallelism(4).mayForget(source::hasForgotten);
    }

    /** Starts a manager, the first or one after another was killed. */
    Driven start(UnaryOperator<QueueSpecBuilder> settings) throws InterruptedException {
        manager = manager(world.cluster, settings);
        return this;
    }

    Driven start() throws InterruptedException {
        return start(settings -> settings);
    }

    QueueManager manager(FakeCluster cluster, UnaryOperator<QueueSpecBuilder> settings) throws InterruptedException {
        QueueSpecBuilder builder = QueueSpec.builder("videos", WorkerSpec.worker("acme/thumbnailer:1"))
                .parallelism(4);
        QueueSpec spec = settings.apply(builder).build();
        world.rules.budgets(spec.retries(), spec.disruptionRetries());
        QueueManager made = new QueueManager(spec, source, cluster, world.logs(), world.engine());
        made.step();
        return made;
    }

    Driven pass(int times) {
        for (int i = 0; i < times; i++) {
            world.clock.advance(STEP);
            manager.pass();
        }
        return this;
    }

    /** Passes until nothing more is started; all that can start waits for its node. */
    Driven started() {
        pass(6);
        return this;
    }

    Driven running() {
        started();
        world.kubelet.startAll();
        return pass(1);
    }

    /** Lets every worker start and succeed until the run has ended. */
    Status end() {
        for (int i = 0; i < 500 && !manager.status().phase().isEnd(); i++) {
            pass(1);
            world.kubelet.startAll();
            world.kubelet.succeedAll();
            world.kubelet.reap();
        }
        return manager.status();
    }

    /** Lets every worker start and end as given for so many passes. */
    Driven work(int passes, Runnable ends) {
        for (int i = 0; i < passes; i++) {
            pass(1);
            world.kubelet.startAll();
            ends.run();
            world.kubelet.reap();
        }
        return this;
    }

    void poll() throws InterruptedException {
        manager.step();
    }

    ItemStatus item(String name) {
        return manager.status().items().stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    int count(ItemState state) {
        return manager.status().count(state);
    }
}
