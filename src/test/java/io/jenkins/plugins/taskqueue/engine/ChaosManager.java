package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** A manager whose calls wait until they are picked, fail, or lose their answers, and whose watches lag. */
final class ChaosManager {
    private static final int ONE_IN = 20;

    final FakeCluster cluster;
    final QueueManager queue;
    private final List<Runnable> calls = new ArrayList<>();
    private final Random random;
    private boolean down;
    private boolean stepping;
    private int stalled;
    /** How far its clock is from the API server's. */
    private Duration wrong = Duration.ZERO;

    /** @param meanwhile what happens between the requests of a call */
    ChaosManager(ManualQueue world, Random random, QueueSpec spec, FakeSource source, Runnable meanwhile)
            throws InterruptedException {
        this.random = random;
        Duration begun = Duration.ofMinutes(random.nextInt(1000));
        cluster = new FakeCluster(world.store).lagging();
        InstantSource wall = () -> world.clock.instant().plus(wrong);
        InstantSource own = world.clock.steady();
        InstantSource steady = () -> own.instant().plus(begun);
        Executor pool = task -> calls.add(cluster.decided(task));
        Engine engine = new Engine(wall, steady, null, pool, Runnable::run, event -> {});
        queue = new QueueManager(spec, source, cluster, null, engine);
        deny(false);
        cluster.failAfter(call -> random.nextInt(ONE_IN) == 0);
        cluster.late(call -> !call.equals("open") && !call.equals("delete") && random.nextInt(2 * ONE_IN) == 0);
        cluster.pausing(meanwhile);
        queue.step();
    }

    void step() throws InterruptedException {
        if (stepping) {
            return;
        }
        if (stalled > 0) {
            stalled--;
            return;
        }
        switch (random.nextInt(10)) {
            case 0 -> cluster.view().configMaps(random.nextInt(4) > 0);
            case 1 -> cluster.view().jobs();
            case 2 -> cluster.view().pods(random.nextInt(10) > 0);
            case 3 -> changeRole();
            case 4 -> queue.pass();
            case 5 -> poll();
            default -> call();
        }
    }

    private void call() {
        if (!calls.isEmpty()) {
            calls.remove(random.nextInt(calls.size())).run();
        }
    }

    /** One poll at a time, which may open the queue. */
    private void poll() throws InterruptedException {
        stepping = true;
        queue.step();
        stepping = false;
    }

    /** Its lease is held, or no more. */
    private void changeRole() {
        cluster.acting(random.nextInt(4) > 0);
    }

    /** Whether admission refuses every Job and pod for now. */
    void deny(boolean denied) {
        Kind kind = denied || random.nextBoolean() ? Kind.QUOTA : Kind.PASSING;
        cluster.failBefore(kind, call -> down || random.nextInt(ONE_IN) == 0 || (denied && call.startsWith("start")));
    }

    /** Somebody sets its clock, forwards or backwards. */
    void setClock(Duration by) {
        wrong = wrong.plus(by);
    }

    /** It does nothing for so many of its steps, and believes all the while that it acts. */
    void stall(int steps) {
        stalled = steps;
    }

    void finishCalls() {
        while (!calls.isEmpty()) {
            calls.remove(0).run();
        }
        cluster.sync();
    }

    /** No request gets through, and those that are under way fail. */
    void loseCalls() {
        down = true;
        List<Runnable> lost = List.copyOf(calls);
        calls.clear();
        lost.forEach(Runnable::run);
        down = false;
    }

    void kill() {
        cluster.kill();
        calls.clear();
    }
}
