package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server refuses calls of a queue that works: by a rule, for a missing right, or for one item's own sake. */
class RefusedTest {
    private final Driven queue = new Driven(FakeSource.of(8));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private List<String> notices() {
        return queue.world.events.stream()
                .filter(Event.Notice.class::isInstance)
                .map(event -> ((Event.Notice) event).sentence())
                .toList();
    }

    /** @param change tells what becomes of calls that create a pod of an item */
    private void startChanged(int parallelism, Changed.Change change) throws Exception {
        Cluster cluster = Changed.by(queue.world.cluster, change);
        QueueSpec spec = QueueSpec.builder("videos", WorkerSpec.worker("acme/worker:1"))
                .parallelism(parallelism)
                .build();
        queue.manager = new QueueManager(spec, queue.source, cluster, null, queue.world.engine());
        queue.manager.step();
    }

    private static boolean isOf(String item, String call, Object[] arguments) {
        return call.equals("startPod")
                && ((BatchRecord) arguments[0])
                        .entries()
                        .get((int) arguments[1])
                        .name()
                        .equals(item);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "startJob", "startPod", "write", "release", "deleteJob", "endRun"})
    void aRuleThatRefusesAWriteHoldsTheItemsAndTheRunGoesOnWithoutIt(String refused) throws Exception {
        queue.start();
        queue.world.cluster.failBefore(Kind.REFUSED, refused::equals);
        queue.work(1200, queue.world.kubelet::succeedAll);

        assertThat(queue.manager.failure()).isEmpty();
        assertThat(queue.manager.status().phase().isEnd()).isFalse();
        assertThat(queue.manager.status().sentence()).contains(refused + " failed.", "It is tried again");
        assertThat(notices()).as("told once").hasSize(1);

        queue.world.cluster.failBefore(Kind.PASSING, call -> false);
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(8);
    }

    @Test
    void aJobsStatusThatIsRefusedHoldsNothingUp() throws Exception {
        queue.start();
        queue.world.cluster.failBefore(Kind.REFUSED, "report"::equals);
        queue.pass(60); // seconds: so long nothing of a batch has ended
        assertThat(queue.manager.status().sentence()).contains("report failed.", "It is tried again");
        assertThat(notices()).as("told once").hasSize(1);

        assertThat(queue.end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
    }

    @Test
    void whatIsRefusedIsTriedLessAndLessOften() throws Exception {
        queue.start(settings -> settings.parallelism(1));
        queue.world.cluster.failBefore(Kind.REFUSED, "startPod"::equals);
        queue.pass(20);
        int before = queue.world.cluster.calls();
        queue.pass(600);

        assertThat(queue.world.cluster.calls() - before).isBetween(5, 20);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"GONE", "CONFLICT"})
    void aRaceThatNeverEndsIsToldAndTriedLessAndLessOften(Kind kind) throws Exception {
        queue.start(settings -> settings.parallelism(1));
        queue.world.cluster.failBefore(kind, "startPod"::equals);
        queue.pass(1);
        assertThat(queue.manager.status().sentence()).isEmpty();
        queue.pass(600);
        assertThat(queue.manager.status().sentence()).isEqualTo("startPod failed.");
        int before = queue.world.cluster.calls();
        queue.pass(600);

        assertThat(queue.world.cluster.calls() - before).isBetween(5, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void anItemThatIsRefusedForItsOwnSakeFailsAndHoldsUpNoOther(int parallelism) throws Exception {
        startChanged(parallelism, (call, arguments, original) -> {
            if (isOf("item 2", call, arguments)) {
                throw new ClusterException(Kind.UNFIT, "No pod may be called that.");
            }
            return original.make();
        });

        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(7);
        assertThat(queue.item("item 2").state()).isEqualTo(ItemState.FAILED);
        assertThat(queue.item("item 2").reason()).isEqualTo("Refused");
        assertThat(queue.item("item 2").message()).isEqualTo("No pod may be called that.");
    }

    private static boolean isClaimOf(String item, String call, Object[] arguments) {
        return call.equals("claim")
                && ((Claim) arguments[0])
                        .items().stream().anyMatch(one -> one.name().equals(item) && one.outcome() == null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void anItemWhoseClaimIsRefusedForItsOwnSakeFailsAndHoldsUpNoOther(int parallelism) throws Exception {
        startChanged(parallelism, (call, arguments, original) -> {
            if (isClaimOf("item 2", call, arguments)) {
                throw new ClusterException(Kind.REFUSED, "No record may hold that.");
            }
            return original.make();
        });
        queue.work(120, queue.world.kubelet::succeedAll);
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(7);
        assertThat(queue.count(ItemState.PENDING)).isEqualTo(1);

        for (int i = 0; i < 40 && queue.count(ItemState.PENDING) > 0; i++) { // while others are taken
            List<String> more = List.of("new " + i);
            queue.source.list(
                    Stream.of(queue.source.listed(), more).flatMap(List::stream).toList());
            queue.poll();
            queue.work(60, queue.world.kubelet::succeedAll);
        }
        assertThat(queue.count(ItemState.SUCCEEDED)).isGreaterThan(11);
        assertThat(queue.item("item 2").state()).isEqualTo(ItemState.FAILED);
        assertThat(queue.item("item 2").message()).isEqualTo("No record may hold that.");
    }

    @Test
    void aRuleThatRefusesEveryClaimFailsNoItem() throws Exception {
        boolean[] refuses = {true};
        startChanged(4, (call, arguments, original) -> {
            if (call.equals("claim") && refuses[0]) {
                throw new ClusterException(Kind.REFUSED, "No record may hold anything.");
            }
            return original.make();
        });
        queue.pass(3 * 3600 * 2);
        assertThat(queue.count(ItemState.PENDING)).isEqualTo(8);
        assertThat(queue.manager.status().sentence()).contains("No record may hold anything.");

        refuses[0] = false;
        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(8);
    }

    private static boolean tells(String secret, String call, Object[] arguments) {
        return call.equals("write")
                && ((BatchRecord) arguments[0])
                        .entries().stream()
                                .anyMatch(entry -> !entry.isLive()
                                        && entry.outcome().result().contains(secret));
    }

    @Test
    void anItemWhoseOutcomeIsRefusedIsWrittenWithoutItsTextsAndHoldsUpNoOther() throws Exception {
        startChanged(4, (call, arguments, original) -> {
            if (tells("secret", call, arguments)) {
                throw new ClusterException(Kind.REFUSED, "No record may hold that.");
            }
            return original.make();
        });
        queue.running();
        PodView first = queue.world.store.pods().get(0);
        String item = queue.world.store.itemOf(first);
        queue.world.kubelet.set(FakePods.succeeded(first, queue.world.clock.instant(), "secret"));
        queue.world.kubelet.succeedAll();
        queue.pass(2);
        assertThat(queue.world.store.records())
                .flatExtracting(BatchRecord::entries)
                .filteredOn(entry -> entry.batch() == 1 && entry.isLive())
                .extracting(Entry::name)
                .as("may yet be taken")
                .containsExactly(item);

        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(8);
        assertThat(queue.item(item).result()).isEmpty();
        assertThat(queue.item(item).message()).contains("the API server refuses it");
        assertThat(queue.item("item 7").result()).isEqualTo("done");
    }

    @Test
    void anItemOfWhichNothingIsTakenWaitsAndHoldsUpNoOther() throws Exception {
        boolean[] refuses = {true};
        startChanged(4, (call, arguments, original) -> {
            if (refuses[0]
                    && call.equals("write")
                    && ((BatchRecord) arguments[0])
                            .entries().stream().anyMatch(entry -> entry.name().equals("item 0") && !entry.isLive())) {
                throw new ClusterException(Kind.REFUSED, "Nothing may be said of that.");
            }
            return original.make();
        });
        queue.work(120, queue.world.kubelet::succeedAll);
        assertThat(queue.world.store.records())
                .flatExtracting(BatchRecord::entries)
                .filteredOn(Entry::isLive)
                .extracting(Entry::name)
                .containsExactly("item 0");
        assertThat(queue.manager.status().sentence()).contains("Nothing may be said of that.");

        refuses[0] = false;
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
    }

    @Test
    void thatItIsForItsOwnSakeIsNotBelievedAtOnce() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        startChanged(4, (call, arguments, original) -> {
            if (isOf("item 2", call, arguments) && tries.incrementAndGet() < 3) {
                throw new ClusterException(Kind.UNFIT, "The rule was repaired between two calls.");
            }
            return original.make();
        });

        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REFUSED", "LEAVING", "FATAL"})
    void aQueueThatIsRefusedAtItsStartDoesNotBegin(Kind kind) throws Exception {
        queue.world.cluster.failBefore(kind, "open"::equals);
        queue.start().pass(10);

        assertThat(queue.manager.failure()).hasValue("open failed.");
    }

    @Test
    void whateverEndsACallIsToldAndTheCallComesAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        startChanged(4, (call, arguments, original) -> {
            if (call.equals("claim") && tries.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
            if (call.equals("claim") && tries.get() == 2) {
                throw new ClassFormatError("twice");
            }
            return original.make();
        });
        queue.pass(1);

        assertThat(notices()).hasSize(1).allMatch(sentence -> sentence.contains("please report it"));
        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(8);
    }
}
