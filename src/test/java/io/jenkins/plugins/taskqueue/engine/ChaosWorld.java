package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualQueue;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A queue and its managers in a world where calls take their time, fail, or lose their answers; views lag; pods fail, are
 * taken away, vanish and never start; and {@link Mischief} happens. Between any two requests the world goes on.
 */
final class ChaosWorld {
    private static final int MANAGERS = 2;
    private static final int RETRIES = 2;
    private static final int TAKEN_AWAY = 1000;
    private static final int LIMIT = 2;
    private static final int PERCENTAGE = 3;
    /** At most so many items are listed only later. */
    private static final int UNLISTED = 20;

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    /** The world goes on within a call, and within one that is made meanwhile, and no deeper. */
    private static final int DEEPEST = 2;
    /** After so many steps nothing more happens, so that everything comes to its end. */
    private static final int CALM = 20_000;

    enum Ending {
        NONE,
        NAMESPACE_DELETED,
        ABORT,
        FAILURE_LIMIT,
        FAILURE_PERCENTAGE
    }

    final ManualQueue world = new ManualQueue();
    final Random random;
    final FakeSource source;
    final List<ChaosManager> managers = new ArrayList<>();
    final Set<String> cancelled = new HashSet<>();
    final int items;
    final boolean named;
    final Ending ending;
    private final boolean acknowledges;
    private final int batchItems;
    private final boolean logs;
    private final int failing;
    private final ChaosMischief mischief;
    int parallelism = 6;
    boolean paused;
    boolean aborted;
    private boolean exceeded;
    /** The namespace is being deleted. */
    boolean leaving;

    private int depth;
    private int steps;

    ChaosWorld(Random random) throws InterruptedException {
        this.random = random;
        items = random.nextInt(4) == 0 ? 40 : 150 + random.nextInt(50);
        named = random.nextInt(5) > 0;
        ending = Ending.values()[Math.max(0, random.nextInt(2 * Ending.values().length) - Ending.values().length)];
        batchItems = 1 + random.nextInt(items > 100 ? 2 : 8);
        logs = random.nextBoolean();
        failing = 5 + random.nextInt(25);
        source = FakeSource.of(items - random.nextInt(UNLISTED));
        acknowledges = random.nextInt(3) == 0;
        if (acknowledges) {
            source.acknowledging().onTold(world.store::telling);
        }
        source.beforeAnyData(this::meanwhile);
        world.rules
                .parallelism(parallelism)
                .budgets(RETRIES, TAKEN_AWAY)
                .startTimeout(START_TIMEOUT)
                .mayForget(source::hasForgotten)
                .listed(item -> Integer.parseInt(item.substring("item ".length())) < items)
                .mayCancel(this::mayCancel);
        mischief = new ChaosMischief(this);
        for (int i = 0; i < MANAGERS; i++) {
            managers.add(manager());
        }
    }

    ChaosManager manager() throws InterruptedException {
        QueueSpec spec = QueueSpec.builder("chaos", WorkerSpec.worker("acme/worker:1"))
                .named(named)
                .parallelism(parallelism)
                .retries(RETRIES)
                .disruptionRetries(TAKEN_AWAY)
                .startTimeout(START_TIMEOUT)
                .failures(limit())
                .batchItems(batchItems)
                .logs(logs)
                .build();
        ChaosManager made = new ChaosManager(world, random, spec, source, this::meanwhile);
        made.queue.setParallelism(parallelism);
        made.queue.pause(paused);
        if (aborted) {
            made.queue.cancel();
        }
        return made;
    }

    private FailureLimit limit() {
        return switch (ending) {
            case FAILURE_LIMIT -> FailureLimit.parse(Integer.toString(LIMIT));
            case FAILURE_PERCENTAGE -> FailureLimit.parse(PERCENTAGE + "%");
            default -> FailureLimit.NEVER;
        };
    }

    /** A run that is being stopped stays so, though a record that told of a failure is deleted then. */
    private boolean isLimitExceeded() {
        int failed =
                world.rules.mostFailed(world.store.pods(), world.clock.steady().instant());
        return switch (ending) {
            case FAILURE_LIMIT -> failed > LIMIT;
            // Of what the source was told in another life of the queue it lists nothing any more.
            case FAILURE_PERCENTAGE ->
                failed * 100 > PERCENTAGE * (items - UNLISTED - source.told().size());
            default -> false;
        };
    }

    private boolean mayCancel(String item, String reason) {
        return switch (reason) {
            case "ByHand" -> cancelled.contains(item);
            case "Aborted" -> aborted;
            case "FailureLimit" -> exceeded;
            default -> reason.equals("JobDeleted");
        };
    }

    void step() throws InterruptedException {
        world.clock.advance(Duration.ofMillis(random.nextInt(200)));
        any(managers).step();
        moveAPod();
        world.store.step();
        if (random.nextInt(30) == 0) {
            world.hand.removeLeavingJobs();
        }
        exceeded |= isLimitExceeded();
        if (world.store.late.count() > 0 && random.nextInt(20) == 0) {
            world.store.late.arrive(random.nextInt(world.store.late.count()));
        }
        steps++;
        if (steps == CALM) {
            mischief.calm();
        } else if (steps < CALM && random.nextInt(100) == 0) {
            mischief.happens(depth);
        }
        for (int i = 0; i < managers.size(); i++) {
            if (!leaving && isOver(managers.get(i).queue)) {
                managers.get(i).kill();
                managers.set(i, manager());
            }
        }
    }

    /** Its run is over, and it is another one now; or it can't go on, since the queue was deleted. */
    private boolean isOver(QueueManager queue) {
        boolean ended = queue.status().phase().isEnd() && !queue.status().run().equals(world.store.run());
        return ended || queue.failure().isPresent();
    }

    /** Between two requests. */
    private void meanwhile() {
        if (depth < DEEPEST && managers.size() == MANAGERS && random.nextInt(40) == 0) {
            depth++;
            try {
                for (int i = random.nextInt(60); i > 0; i--) {
                    step();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                depth--;
            }
        }
    }

    private void moveAPod() {
        if (random.nextInt(20) == 0) {
            world.kubelet.startStrays();
        }
        List<PodView> pods = world.store.pods();
        if (pods.isEmpty()) {
            return;
        }
        PodView pod = any(pods);
        if (pod.isTerminal()) {
            return;
        }
        int dice = random.nextInt(100);
        if (world.hand.isDeleting(pod)) {
            if (dice < 30) {
                world.kubelet.exit(pod, random.nextInt(2));
            }
        } else if (pod.phase() == Phase.PENDING) {
            if (pod.waitsSince() == null && dice < 3) {
                world.kubelet.set(FakePods.waiting(pod, world.clock.instant(), "ImagePullBackOff"));
            } else if (pod.waitsSince() == null) {
                world.kubelet.start(pod);
            }
        } else if (dice < 40) {
            world.kubelet.exit(pod, 0);
        } else if (dice < 40 + failing) {
            world.kubelet.exit(pod, 1);
        } else if (dice < 45 + failing) {
            world.kubelet.set(FakePods.disrupted(pod, world.clock.instant(), "Evicted"));
        }
    }

    <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** The last status of each manager, once all of them have seen the end of the current run. */
    Optional<List<Status>> ended() {
        List<Status> ends = managers.stream()
                .filter(manager -> !leaving || manager.queue.failure().isPresent())
                .map(manager -> manager.queue.status())
                .filter(status ->
                        leaving || status.phase().isEnd() && status.run().equals(world.store.run()))
                .toList();
        return ends.size() == managers.size() ? Optional.of(ends) : Optional.empty();
    }

    /** Items that are done, and that the source lists all the same though another run had its time to tell it. */
    List<String> untold() throws InterruptedException {
        source.up();
        parallelism = 0;
        ChaosManager next = manager();
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

    Map<Mischief, Integer> happened() {
        return mischief.happened;
    }

    boolean isStopped() {
        return ending != Ending.NONE;
    }

    boolean isTold() {
        return acknowledges;
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
