package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualQueue;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Calls are carried out late, fail, or lose their answer; observations lag; pods fail and are taken away, or vanish; Jobs
 * are suspended and deleted by hand; the source is down and lists more; people change their minds; managers are killed
 * with calls in flight; and so much time passes that records are merged.
 */
final class ChaosWorld {
    private static final int RETRIES = 2;
    private static final int TAKEN_AWAY = 1000;

    private enum Ending {
        NONE,
        ABORT,
        FAILURE_LIMIT
    }

    private final ManualQueue world = new ManualQueue();
    private final List<Manager> managers = new ArrayList<>();
    private final Random random;
    private final FakeSource source;
    private final int items;
    private final boolean named;
    private final Ending ending;
    private final boolean acknowledges;
    private int parallelism = 6;
    private boolean paused;
    private boolean aborted;
    private final Set<String> cancelled = new HashSet<>();

    ChaosWorld(Random random) throws InterruptedException {
        this.random = random;
        items = random.nextInt(4) == 0 ? 150 : 40;
        named = random.nextInt(5) > 0;
        ending = List.of(Ending.NONE, Ending.NONE, Ending.NONE, Ending.ABORT, Ending.FAILURE_LIMIT)
                .get(random.nextInt(5));
        source = FakeSource.of(items - random.nextInt(20));
        acknowledges = random.nextInt(3) == 0;
        if (acknowledges) {
            source.acknowledging().onTold(world.store::telling);
        }
        world.rules.parallelism(parallelism).budgets(RETRIES, TAKEN_AWAY).mayForget(source::hasForgotten);
        managers.add(new Manager());
        managers.add(new Manager());
    }

    /** A manager whose calls wait until they are picked. */
    private final class Manager {
        final FakeCluster cluster = new FakeCluster(world.store).lagging();
        final List<Runnable> calls = new ArrayList<>();
        final QueueManager queue;

        Manager() throws InterruptedException {
            QueueSpec spec = QueueSpec.builder("chaos", WorkerSpec.worker("acme/worker:1"))
                    .named(named)
                    .parallelism(parallelism)
                    .retries(RETRIES)
                    .disruptionRetries(TAKEN_AWAY)
                    .failures(ending == Ending.FAILURE_LIMIT ? FailureLimit.parse("2") : FailureLimit.NEVER)
                    .batchItems(items > 100 ? 1 : 1 + random.nextInt(8))
                    .logs(random.nextBoolean())
                    .build();
            queue = new QueueManager(spec, source, cluster, null, world.engine(calls::add, event -> {}));
            queue.step();
            queue.pause(paused);
            if (aborted) {
                queue.cancel();
            }
            cluster.failBefore(random.nextBoolean() ? Kind.QUOTA : Kind.PASSING, call -> random.nextInt(20) == 0);
            cluster.failAfter(call -> random.nextInt(20) == 0);
        }

        void finishCalls() {
            while (!calls.isEmpty()) {
                calls.remove(0).run();
            }
            cluster.sync();
        }

        boolean isOver() {
            return queue.status().phase().isEnd() && !queue.status().run().equals(world.store.run());
        }

        void step() throws InterruptedException {
            switch (random.nextInt(7)) {
                case 0 -> cluster.sync();
                case 1 -> cluster.acting(random.nextInt(4) > 0);
                case 2 -> queue.pass();
                case 3 -> queue.step();
                default -> {
                    if (!calls.isEmpty()) {
                        calls.remove(random.nextInt(calls.size())).run();
                    }
                }
            }
        }
    }

    void step() throws InterruptedException {
        world.clock.advance(Duration.ofMillis(random.nextInt(200)));
        managers.get(random.nextInt(managers.size())).step();
        moveAPod();
        if (random.nextInt(100) == 0) {
            mischief();
        }
        for (int i = 0; i < managers.size(); i++) {
            if (managers.get(i).isOver()) {
                managers.set(i, new Manager());
            }
        }
    }

    private void moveAPod() {
        world.kubelet.reap();
        List<PodView> pods = world.store.pods();
        if (pods.isEmpty()) {
            return;
        }
        PodView pod = any(pods);
        Instant now = world.clock.instant();
        if (pod.phase() == Phase.PENDING) {
            world.kubelet.start(pod);
        } else if (pod.phase() == Phase.RUNNING) {
            int dice = random.nextInt(100);
            if (dice < 40) {
                world.kubelet.set(FakePods.succeeded(pod, now, ""));
            } else if (dice < 55) {
                world.kubelet.set(FakePods.failed(pod, now, "ExitCode"));
            } else if (dice < 60) {
                world.kubelet.set(FakePods.disrupted(pod, now, "Evicted"));
            }
        }
    }

    private void mischief() throws InterruptedException {
        switch (random.nextInt(13)) {
            case 0, 1 -> killAManager();
            case 2 ->
                source.list(IntStream.range(0, items)
                        .mapToObj(i -> "item " + i)
                        .filter(item -> !source.told().containsKey(item))
                        .toList());
            case 3 -> source.down("The source is down.");
            case 4 -> source.up();
            case 5 -> changeWhatIsWanted();
            case 6 -> askForARetry();
            case 7 -> muchLater();
            case 8 -> world.store.pods().stream().findAny().ifPresent(pod -> world.store.delete(pod.name()));
            case 9 ->
                world.store.pods().stream()
                        .filter(pod -> !pod.isTerminal())
                        .findAny()
                        .ifPresent(pod -> world.kubelet.set(FakePods.gone(pod, world.clock.instant())));
            case 10 -> cancelAnItem();
            default -> touchAJob();
        }
    }

    private void cancelAnItem() {
        if (cancelled.size() < 5) {
            String item = "item " + random.nextInt(items);
            cancelled.add(item);
            any(managers).queue.cancelItem(item);
        }
    }

    private void touchAJob() {
        if (world.store.jobs().isEmpty()) {
            return;
        }
        JobView job = any(world.store.jobs());
        switch (random.nextInt(3)) {
            case 0 -> world.store.deleteJobByHand(job.batch());
            default -> world.store.suspend(job.batch(), !job.suspended());
        }
    }

    private void killAManager() throws InterruptedException {
        if (named) {
            managers.set(random.nextInt(managers.size()), new Manager());
        }
    }

    private void changeWhatIsWanted() {
        parallelism = 2 + random.nextInt(8);
        world.rules.parallelism(parallelism);
        paused = !paused && random.nextInt(3) == 0;
        aborted |= ending == Ending.ABORT && random.nextInt(3) == 0;
        for (Manager manager : managers) {
            manager.queue.setParallelism(parallelism);
            manager.queue.pause(paused);
            if (aborted) {
                manager.queue.cancel();
            }
        }
    }

    private void askForARetry() throws InterruptedException {
        String item = "item " + random.nextInt(items);
        try {
            Retry.mark(any(managers).cluster, item::equals);
        } catch (ClusterException askAgain) {
            // that is what a person would do
        }
    }

    /** No call is in flight for so long, and whoever stalled observes anew. */
    private void muchLater() {
        for (Manager manager : managers) {
            manager.finishCalls();
        }
        world.clock.advance(Duration.ofMinutes(random.nextInt(15)));
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** The last status of each manager, once all of them have seen the end of the current run. */
    Optional<List<Status>> ended() {
        List<Status> ends = managers.stream()
                .map(manager -> manager.queue.status())
                .filter(status -> status.phase().isEnd() && status.run().equals(world.store.run()))
                .toList();
        return ends.size() == managers.size() ? Optional.of(ends) : Optional.empty();
    }

    List<String> breaches() {
        return world.rules.breaches();
    }

    /** Items that are done, and that the source lists all the same though another run had its time to tell it. */
    List<String> untold() throws InterruptedException {
        source.up();
        parallelism = 0;
        Manager next = new Manager();
        for (int i = 0; i < 100; i++) {
            world.clock.advance(Duration.ofSeconds(3));
            next.queue.step();
            next.queue.pass();
            next.finishCalls();
        }
        return source.listed().stream()
                .filter(item -> acknowledges && named && !isStopped())
                .filter(item -> world.rules.successes().containsKey(item) && !cancelled.contains(item))
                .toList();
    }

    int successes() {
        return world.rules.successes().size();
    }

    /** Items that a person cancelled, in the end or in vain. */
    Set<String> cancelled() {
        return cancelled;
    }

    boolean isStopped() {
        return ending != Ending.NONE;
    }

    /** Names of what should not be there any more. */
    List<String> leftovers() {
        List<String> left = new ArrayList<>();
        world.store.jobs().forEach(job -> left.add(job.name()));
        world.store.pods().forEach(pod -> left.add(pod.name()));
        world.store.records().stream()
                .filter(record -> !named || !record.isEnded())
                .forEach(record -> left.add("record " + record.number()));
        return left;
    }

    @Override
    public String toString() {
        return items + " items, " + (named ? "named" : "unnamed") + (acknowledges ? ", told" : "") + ", ending "
                + ending;
    }
}
