package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A manager that makes any call whenever it is told to, on a queue of parallelism 2 with one retry. */
final class BadManager {
    static final String UNLISTED = "unlisted";

    final ManualQueue world = new ManualQueue();
    final FakeCluster cluster = world.cluster;

    /** What it does. */
    interface Deed {
        void run(BadManager bad) throws Exception;
    }

    BadManager() {
        world.rules
                .parallelism(2)
                .budgets(1, 1)
                .startTimeout(Duration.ofMinutes(1))
                .listed(item -> !item.equals(UNLISTED));
    }

    void breaks(Deed deed) throws Exception {
        cluster.open(() -> {});
        deed.run(this);
    }

    BatchRecord claim(int number, String... items) throws Exception {
        return claim(number, null, items);
    }

    /** The items have come to their end before they were started. */
    BatchRecord claimEnded(int number, String... items) throws Exception {
        return claim(number, outcome(ItemState.FAILED, 0, ""), items);
    }

    private BatchRecord claim(int number, Outcome outcome, String... items) throws Exception {
        return cluster.claim(claimOf(number, outcome, items));
    }

    /** As if the owner object had no counter. */
    void claimPastTheFence(int number, String... items) throws Exception {
        world.store.claim(cluster.life, claimOf(number, null, items), 2, false);
    }

    private Claim claimOf(int number, Outcome outcome, String... items) {
        List<Claim.Item> claimed = Stream.of(items)
                .map(item -> new Claim.Item(item, Instant.EPOCH, outcome == null ? "{}" : null, outcome))
                .toList();
        return new Claim(number, world.store.run(), claimed);
    }

    void claimWithJob(String... items) throws Exception {
        cluster.startJob(claim(1, items));
    }

    BatchRecord record() {
        return world.store.records().get(0);
    }

    /** Creates a pod of the first item. */
    PodView startPod(int attempt) throws Exception {
        cluster.startPod(record(), 0, attempt);
        return world.store.pods().stream()
                .filter(pod -> pod.attempt() == attempt)
                .findFirst()
                .orElseThrow();
    }

    /** Every pod that is there starts, whether a kubelet could or not. */
    void starts() {
        world.store.pods().stream()
                .filter(pod -> pod.phase() == PodView.Phase.PENDING)
                .forEach(pod -> world.kubelet.set(FakePods.running(pod, world.clock.instant())));
    }

    void failed(PodView pod) {
        world.kubelet.set(FakePods.running(pod, world.clock.instant()));
        world.kubelet.set(
                FakePods.failed(FakePods.running(pod, world.clock.instant()), world.clock.instant(), "ExitCode"));
    }

    /** Item a has failed so often. */
    void failed(int times) throws Exception {
        claimWithJob("a");
        for (int attempt = 0; attempt < times; attempt++) {
            later();
            failed(startPod(attempt));
        }
    }

    /** A worker of item a has succeeded. */
    void ended(int attempt) throws Exception {
        claimWithJob("a");
        startPod(attempt);
        starts();
        world.kubelet.succeedAll();
    }

    void succeeded(String item) throws Exception {
        claimWithJob(item);
        startPod(0);
        starts();
        world.kubelet.succeedAll();
        write(ItemState.SUCCEEDED, 1);
    }

    void write(ItemState state, int attempts) throws Exception {
        BatchRecord now = record();
        List<Entry> entries = now.entries().stream()
                .map(entry -> entry.index() == 0 ? entry.withOutcome(outcome(state, attempts, "")) : entry)
                .toList();
        cluster.write(new BatchRecord(now.number(), now.merged(), now.created(), entries, now.version()));
    }

    /** Two batches of one item each, merged. */
    BatchRecord merged(String one, String other) throws Exception {
        BatchRecord first = claimEnded(1, one);
        BatchRecord second = claimEnded(2, other);
        later();
        List<Entry> entries = Stream.of(first, second)
                .flatMap(record -> record.entries().stream())
                .toList();
        cluster.merge(new BatchRecord(2, true, first.created(), entries, ""), List.of(first, second));
        return record();
    }

    void later() {
        world.clock.advance(Duration.ofMinutes(11));
    }

    static Outcome outcome(ItemState state, int attempts, String log) {
        return new Outcome(state, "Why", "", attempts, null, Instant.EPOCH, "", log, false);
    }
}
