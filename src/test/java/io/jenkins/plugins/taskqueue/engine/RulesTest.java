package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules that hold always, each in the words of its test's name. */
class RulesTest {
    private final Driven queue = new Driven(FakeSource.of(10));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private List<Entry> liveEntries() {
        return queue.world.store.records().stream()
                .flatMap(record -> record.entries().stream())
                .filter(Entry::isLive)
                .toList();
    }

    @Test
    void noItemIsInTwoLiveBatches() throws Exception {
        queue.start().running();
        QueueManager second = queue.manager(new FakeCluster(queue.world.store), settings -> settings);
        second.pass();
        queue.pass(3);
        second.pass();

        assertThat(liveEntries()).hasSize(4).extracting(Entry::name).doesNotHaveDuplicates();
    }

    @Test
    void anItemIsKnownByItsRecordFromItsClaimOn() throws Exception {
        queue.start();
        queue.world.cluster.failBefore(Kind.PASSING, call -> call.equals("startJob"));
        queue.pass(1);

        assertThat(liveEntries()).extracting(Entry::name).containsExactly("item 0", "item 1", "item 2", "item 3");
        assertThat(queue.world.store.jobs()).isEmpty();
        assertThat(queue.world.store.pods()).isEmpty();
    }

    @Test
    void anItemThatSucceededIsNeverStartedAgainInItsQueue() throws Exception {
        queue.start().end();
        assertThat(queue.world.rules.successes()).hasSize(10);

        Status second = queue.start().end();

        assertThat(second.count(ItemState.SKIPPED)).isEqualTo(10);
        assertThat(queue.world.rules.successes().values()).containsOnly(1);
    }

    @Test
    void aPodIsDeletedOnlyAfterTheOutcomeOfItsItemHasBeenWritten() throws Exception {
        queue.start().running();
        queue.world.kubelet.succeedAll();
        queue.world.cluster.failBefore(Kind.PASSING, call -> call.equals("write"));
        queue.pass(9);
        assertThat(queue.world.store.pods()).filteredOn(PodView::isTerminal).hasSize(4);
        assertThat(queue.world.store.jobs()).anyMatch(job -> job.batch() == 1);

        queue.world.cluster.failBefore(Kind.PASSING, call -> false);
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(queue.world.store.pods()).isEmpty();
        assertThat(queue.world.store.jobs()).isEmpty();
    }

    @Test
    void aRunThatIsAbortedWritesItsOutcomesBeforeItStopsAPod() throws Exception {
        queue.start().running();
        queue.world.cluster.failBefore(Kind.PASSING, call -> call.equals("write"));
        queue.manager.cancel();
        queue.pass(9);

        assertThat(queue.world.store.pods()).hasSize(4).allMatch(PodView::tracked);
        queue.world.cluster.failBefore(Kind.PASSING, call -> false);
        queue.work(60, () -> {});
        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.CANCELLED);
        assertThat(queue.count(ItemState.CANCELLED)).isEqualTo(10);
        assertThat(queue.world.store.pods()).isEmpty();
    }

    @Test
    void whatIsNotSeenInAListIsNotFailed() throws Exception {
        FakeCluster lagging = new FakeCluster(queue.world.store).lagging();
        queue.manager = queue.manager(lagging, settings -> settings);
        queue.running();
        lagging.sync();
        queue.pass(1);
        lagging.blind(true);
        queue.pass(5);

        assertThat(queue.count(ItemState.FAILED)).isZero();
        assertThat(queue.world.store.records()).allMatch(record -> !record.isEnded());
        assertThat(queue.world.store.pods()).hasSize(4);
    }

    @Test
    void aPodThatIsGoneIsAnAttemptThatTheClusterTookAway() throws Exception {
        queue.start(settings -> settings.retries(0)).running();
        queue.world
                .store
                .pods()
                .forEach(pod -> queue.world.kubelet.set(FakePods.gone(pod, queue.world.clock.instant())));

        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(10);
    }

    @Test
    void atMostParallelismItemsAreStartedAndNotEnded() throws Exception {
        queue.start().started();

        assertThat(queue.world.store.pods()).hasSize(4);
        assertThat(queue.count(ItemState.STARTING)).isEqualTo(4);
        assertThat(queue.count(ItemState.PENDING)).isEqualTo(6);
    }

    @Test
    void podsThatWaitForARetryCountAsStarted() throws Exception {
        queue.start(settings -> settings.retries(9)).running();
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
        queue.manager.pass();

        assertThat(queue.count(ItemState.STARTING)).isEqualTo(4);
        assertThat(liveEntries()).hasSize(4);
    }

    @Test
    void theParallelismHoldsHoweverOftenTheManagerRestarts() throws Exception {
        for (int i = 0; i < 10; i++) {
            queue.start().pass(2);
        }

        assertThat(liveEntries()).hasSize(4);
        assertThat(queue.world.store.pods()).hasSize(4);
    }

    @Test
    void theParallelismHoldsWithTwoManagersOnOneQueue() throws Exception {
        queue.start();
        FakeCluster cluster = new FakeCluster(queue.world.store);
        QueueManager second = queue.manager(cluster, settings -> settings);
        for (int i = 0; i < 10; i++) {
            queue.world.cluster.acting(true);
            queue.pass(1);
            cluster.acting(true);
            second.pass();
        }

        assertThat(liveEntries()).hasSize(4);
        assertThat(queue.world.store.pods()).hasSize(4);
    }

    @Test
    void aLowerParallelismKillsNoRunningItem() throws Exception {
        queue.start().running();
        queue.manager.setParallelism(1);
        queue.pass(5);
        assertThat(queue.count(ItemState.RUNNING)).isEqualTo(4);

        queue.world.kubelet.succeedAll();
        queue.world.rules.parallelism(1);
        queue.started();
        assertThat(queue.count(ItemState.STARTING)).isEqualTo(1);
        assertThat(queue.world.rules.successes()).hasSize(4);
    }

    @Test
    void aClaimThatASlowSourceHeldUpIsDroppedWhenTheParallelismWasLoweredMeanwhile() throws Exception {
        queue.start();
        queue.source.beforeData("item 0", () -> {
            queue.manager.setParallelism(1);
            queue.world.rules.parallelism(1);
        });
        queue.started();

        assertThat(liveEntries()).hasSize(1);
    }

    @Test
    void aSuspendedJobGetsNoNewPod() throws Exception {
        queue.start(settings -> settings.retries(9)).running();
        queue.world.hand.suspend(1, true);
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
        queue.pass(50);
        assertThat(queue.world.store.pods()).hasSize(4).allMatch(PodView::isTerminal);

        queue.world.hand.suspend(1, false);
        queue.pass(5);
        assertThat(queue.world.store.pods()).hasSize(8);
    }

    @Test
    void podsOfAJobThatIsSuspendedAreStoppedAndTheirItemsGoOnAfterwardsAtNoCost() throws Exception {
        queue.start(settings -> settings.disruptionRetries(0)).running();
        int batch = queue.world.store.jobs().get(0).batch();
        queue.world.hand.suspend(batch, true);
        queue.pass(5);
        assertThat(queue.world.store.pods()).hasSize(4).allMatch(PodView::isSuspended);
        queue.world.kubelet.reap();
        queue.pass(5);
        assertThat(queue.world.store.pods()).isEmpty();
        assertThat(liveEntries())
                .extracting(Entry::attempts)
                .hasSize(4)
                .allMatch(over -> over.last() == 0 && over.failures() + over.disruptions() == 0);

        queue.world.hand.suspend(batch, false);
        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(10);
    }

    @Test
    void nothingIsLeftInTheClusterOfBatchesThatEndedButTheirRecords() throws Exception {
        queue.start().end();

        assertThat(queue.world.store.jobs()).isEmpty();
        assertThat(queue.world.store.pods()).isEmpty();
        assertThat(queue.world.store.records()).isNotEmpty().allMatch(BatchRecord::isEnded);
    }

    @Test
    void allStateIsInTheClusterSoThatAnotherManagerGoesOnAtAnyMoment() throws Exception {
        queue.start().running();
        queue.world.kubelet.succeedAll();
        queue.pass(1);
        queue.start();

        Status end = queue.end();

        assertThat(end.count(ItemState.SUCCEEDED)).isEqualTo(10);
        assertThat(queue.world.rules.successes().values()).containsOnly(1);
    }
}
