package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Lets {@link Mischief} happen to a world, and counts what had an effect. */
final class ChaosMischief {
    /** Such as what two people, a node and a backup do in the same second. */
    private static final int MOST_AT_ONCE = 6;

    private static final int MOST_STALLED = 400;
    private static final int FURTHEST_SECONDS = 3600;
    /** How often in a world what sets everything back may happen: else it would never come to its end. */
    private static final int SELDOM = 3;

    private final ChaosWorld chaos;
    final Map<Mischief, Integer> happened = new EnumMap<>(Mischief.class);
    private int denied;

    ChaosMischief(ChaosWorld chaos) {
        this.chaos = chaos;
    }

    /** @param depth how many calls are under way in which this happens */
    void happens(int depth) throws InterruptedException {
        Mischief kind = Mischief.values()[chaos.random.nextInt(Mischief.values().length)];
        if (happens(kind, depth)) {
            happened.merge(kind, 1, Integer::sum);
        }
    }

    private boolean happens(Mischief kind, int depth) throws InterruptedException {
        return switch (kind) {
            case BUNDLE -> bundle(depth);
            case MANAGER_KILLED -> chaos.named && kill();
            case MANAGER_STALLED -> stall();
            case MUCH_LATER -> depth == 0 && muchLater();
            case BACKUP_RESTORED -> depth == 0 && !chaos.leaving && !chaos.isTold() && seldom(kind) && restore();
            case OWNER_DELETED -> chaos.named && !chaos.leaving && seldom(kind) && deleteOwner();
            case OWNER_CREATED_ANEW -> chaos.named && !chaos.leaving && seldom(kind) && createOwnerAnew();
            case WISHES_CHANGED -> changeWishes();
            case RETRY_ASKED_FOR -> askForARetry();
            case ITEM_CANCELLED -> cancelAnItem();
            case CLOCK_SET -> setAClock();
            case ADMISSION_DENIED -> denyOrAdmit();
            case SOURCE_LISTS_MORE, SOURCE_DOWN, SOURCE_UP -> touchTheSource(kind);
            case NODE_DRAINED -> drain();
            case NAMESPACE_DELETED ->
                chaos.ending == ChaosWorld.Ending.NAMESPACE_DELETED
                        && !chaos.leaving
                        && seldom(kind)
                        && deleteNamespace();
            case POD_DELETED, POD_VANISHED, POD_STUCK -> touchAPod(kind);
            default -> touchAJob(kind);
        };
    }

    private boolean seldom(Mischief kind) {
        return chaos.random.nextInt(5) == 0 && happened.getOrDefault(kind, 0) < SELDOM;
    }

    /** Nothing more happens, and what holds the queue up is over: now everything has to come to its end. */
    void calm() {
        if (chaos.ending == ChaosWorld.Ending.NAMESPACE_DELETED && !chaos.leaving) {
            deleteNamespace();
            happened.merge(Mischief.NAMESPACE_DELETED, 1, Integer::sum);
        }
        chaos.source.up();
        denied = 0;
        chaos.managers.forEach(manager -> manager.deny(false));
        chaos.world.store.jobs().forEach(job -> chaos.world.hand.suspend(job.batch(), false));
        chaos.paused = false;
        chaos.world.rules.paused(chaos.aborted);
        chaos.managers.forEach(manager -> manager.queue.pause(false));
    }

    private boolean bundle(int depth) throws InterruptedException {
        for (int i = 2 + chaos.random.nextInt(MOST_AT_ONCE - 1); i > 0; i--) {
            happens(depth);
        }
        return true;
    }

    private boolean kill() throws InterruptedException {
        int which = chaos.random.nextInt(chaos.managers.size());
        chaos.managers.get(which).kill();
        chaos.managers.set(which, chaos.manager());
        return true;
    }

    private boolean stall() {
        chaos.any(chaos.managers).stall(chaos.random.nextInt(MOST_STALLED));
        return true;
    }

    /** That of a manager, or of the API server and the nodes. */
    private boolean setAClock() {
        Duration by = Duration.ofSeconds(chaos.random.nextInt(2 * FURTHEST_SECONDS) - FURTHEST_SECONDS);
        if (chaos.random.nextInt(3) == 0) {
            chaos.world.clock.jump(by);
        } else {
            chaos.any(chaos.managers).setClock(by);
        }
        return true;
    }

    /** Whoever has stalled has an old view and calls in flight, and does not know it. */
    private boolean muchLater() {
        chaos.world.clock.advance(Duration.ofMinutes(chaos.random.nextInt(15)));
        return true;
    }

    /** The API server comes back with what it had at the last backup, and is backed up. */
    private boolean restore() {
        chaos.managers.forEach(ChaosManager::loseCalls);
        boolean restored = chaos.world.hand.restore();
        chaos.managers.forEach(manager -> manager.cluster.view().anew());
        chaos.world.hand.save();
        return restored;
    }

    private boolean deleteOwner() {
        chaos.world.hand.deleteOwner();
        return true;
    }

    private boolean createOwnerAnew() {
        try {
            chaos.world.hand.beginAnew();
        } catch (ClusterException e) {
            throw new IllegalStateException(e);
        }
        chaos.world.hand.collect();
        return true;
    }

    private boolean drain() {
        List<PodView> pods = chaos.world.store.pods();
        pods.stream().filter(pod -> chaos.random.nextBoolean()).forEach(pod -> chaos.world.store.delete(pod.name()));
        return !pods.isEmpty();
    }

    private boolean deleteNamespace() {
        chaos.world.hand.deleteNamespace();
        chaos.leaving = true;
        return true;
    }

    private boolean changeWishes() {
        chaos.parallelism = 2 + chaos.random.nextInt(8);
        chaos.paused = !chaos.paused && chaos.random.nextInt(3) == 0;
        chaos.aborted |= chaos.ending == ChaosWorld.Ending.ABORT && chaos.random.nextInt(3) == 0;
        chaos.world.rules.parallelism(chaos.parallelism).paused(chaos.paused || chaos.aborted);
        for (ChaosManager manager : chaos.managers) {
            manager.queue.setParallelism(chaos.parallelism);
            manager.queue.pause(chaos.paused);
            if (chaos.aborted) {
                manager.queue.cancel();
            }
        }
        return true;
    }

    private boolean askForARetry() throws InterruptedException {
        try {
            String item = "item " + chaos.random.nextInt(chaos.items);
            boolean every = chaos.random.nextBoolean();
            return !Retry.mark(chaos.any(chaos.managers).cluster, name -> every || item.equals(name))
                    .isEmpty();
        } catch (ClusterException askAgain) {
            return false; // that is what a person would do
        }
    }

    private boolean cancelAnItem() {
        String item = "item " + chaos.random.nextInt(chaos.items);
        boolean few = chaos.cancelled.size() < 5;
        if (few) {
            chaos.cancelled.add(item);
            chaos.any(chaos.managers).queue.cancelItem(item);
        }
        return few;
    }

    private boolean denyOrAdmit() {
        denied = denied == 0 ? 1 : 0;
        chaos.managers.forEach(manager -> manager.deny(denied > 0));
        return denied > 0;
    }

    private boolean touchTheSource(Mischief kind) {
        switch (kind) {
            case SOURCE_DOWN -> chaos.source.down("The source is down.");
            case SOURCE_UP -> chaos.source.up();
            default ->
                chaos.source.list(IntStream.range(0, chaos.items)
                        .mapToObj(i -> "item " + i)
                        .filter(item -> !chaos.source.told().containsKey(item))
                        .toList());
        }
        return true;
    }

    private boolean touchAPod(Mischief kind) {
        List<PodView> pods = chaos.world.store.pods();
        if (pods.isEmpty()) {
            return false;
        }
        PodView pod = chaos.any(pods);
        if (kind == Mischief.POD_DELETED) {
            chaos.world.store.delete(pod.name());
        } else if (kind == Mischief.POD_VANISHED) {
            if (pod.isTerminal()) {
                return false;
            }
            chaos.world.kubelet.set(FakePods.gone(pod, chaos.world.clock.instant()));
        } else if (pod.phase() == PodView.Phase.PENDING) {
            chaos.world.kubelet.set(FakePods.waiting(pod, chaos.world.clock.instant(), "ImagePullBackOff"));
        } else {
            return false;
        }
        return true;
    }

    private boolean touchAJob(Mischief kind) {
        List<JobView> jobs = chaos.world.store.jobs();
        if (jobs.isEmpty()) {
            return false;
        }
        JobView job = chaos.any(jobs);
        switch (kind) {
            case JOB_DELETED -> chaos.world.hand.deleteJob(job.batch());
            case JOB_DELETED_SLOWLY -> chaos.world.hand.deleteJobSlowly(job.batch());
            case RECORD_DELETED -> chaos.world.hand.deleteRecord(job.batch());
            default -> chaos.world.hand.suspend(job.batch(), !job.suspended());
        }
        return true;
    }
}
