package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a batch lives: claim, start, attempts, end, and what a crash anywhere between leaves. */
class LifeTest {
    private final Driven queue = new Driven(FakeSource.of(8));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private void failAll() {
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
    }

    private void disruptAll() {
        queue.world.kubelet.endAll((pod, now) -> FakePods.disrupted(pod, now, "Evicted"));
    }

    @Test
    void batchesAreNumberedOneAfterTheOther() throws Exception {
        queue.start().end();
        queue.source.list(List.of("new"));
        queue.start().end();

        assertThat(queue.world.store.records()).extracting(BatchRecord::number).containsExactly(1, 2, 3);
    }

    @Test
    void aPodThatFailedByItselfUsesUpARetry() throws Exception {
        queue.start(settings -> settings.retries(2).disruptionRetries(0)).work(100, this::failAll);

        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.FAILED);
        assertThat(queue.manager.status().items()).allMatch(item -> item.attempts() == 3);
    }

    @Test
    void aPodThatTheClusterTookAwayUsesUpTheOtherBudget() throws Exception {
        queue.start(settings -> settings.retries(0).disruptionRetries(2)).work(100, this::disruptAll);

        assertThat(queue.manager.status().items())
                .allMatch(item -> item.attempts() == 3 && item.reason().equals("Evicted"));
    }

    @Test
    void theNextAttemptStartsOnlyWhenTheLastPodHasEnded() throws Exception {
        queue.start(settings -> settings.retries(9)).running();
        queue.world.store.pods().forEach(pod -> queue.world.store.delete(pod.name()));
        queue.pass(50);
        assertThat(queue.world.store.pods()).hasSize(4).allMatch(pod -> pod.attempt() == 0);

        queue.world.kubelet.reap();
        queue.pass(5);
        assertThat(queue.world.store.pods())
                .filteredOn(pod -> pod.attempt() == 1)
                .hasSize(4);
    }

    @Test
    void aRetryWaitsForItsBackoff() throws Exception {
        queue.start(settings -> settings.retries(1)).running();
        failAll();
        queue.pass(1);
        assertThat(queue.world.store.pods()).hasSize(4);
        assertThat(queue.item("item 0").reason()).isEqualTo("Retrying");

        queue.pass(2);
        assertThat(queue.world.store.pods()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claim",
                "record",
                "settle",
                "record",
                "burn",
                "startJob",
                "startPod",
                "log",
                "write",
                "release",
                "untrack",
                "deleteJob",
                "endRun"
            })
    void aManagerThatIsKilledBeforeOrAfterACallLeavesWhatTheNextOneCompletes(String call) throws Exception {
        queue.start();
        queue.world.cluster.failBefore(Kind.PASSING, call::equals);
        queue.work(10, queue.world.kubelet::succeedAll);
        queue.world.cluster.failBefore(Kind.PASSING, name -> false).failAfter(call::equals);
        queue.start().work(10, queue.world.kubelet::succeedAll);
        queue.world.cluster.failAfter(name -> false);

        Status end = queue.start().end();

        assertThat(end.phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(end.count(ItemState.SUCCEEDED) + end.count(ItemState.SKIPPED))
                .isEqualTo(8);
        assertThat(queue.world.rules.successes()).hasSize(8);
        assertThat(queue.world.store.jobs()).isEmpty();
        assertThat(queue.world.store.pods()).isEmpty();
    }

    @Test
    void aJobThatSomebodyDeletesIsCreatedAgainAndItsPodsRunOn() throws Exception {
        queue.start(settings -> settings.disruptionRetries(0)).running();
        queue.world.hand.deleteJob(1);
        queue.world.kubelet.reap();
        queue.pass(2);

        assertThat(queue.world.store.jobs()).extracting(JobView::batch).containsExactly(1);
        assertThat(queue.count(ItemState.RUNNING)).isEqualTo(4);
        assertThat(queue.end().items()).allMatch(item -> item.attempts() == 1);
    }

    @Test
    void whatAnEarlierQueueOfTheNameLeftIsRemovedAndNeverCounted() throws Exception {
        queue.start().running();
        queue.world.hand.beginAnew();
        assertThat(queue.world.hand.left()).contains("1-0-0", "job-1");
        queue.source.list(List.of("new"));
        queue.world.cluster.failBefore(Kind.PASSING, call -> call.equals("sweep") || call.equals("claim"));
        queue.start().pass(1);
        assertThat(queue.world.hand.left()).isNotEmpty();
        queue.world.cluster.failBefore(Kind.PASSING, call -> false);
        queue.start().pass(3);

        assertThat(queue.world.hand.left()).isEmpty();
        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(1);
        assertThat(queue.world.rules.successes()).containsOnlyKeys("new");
        assertThat(queue.world.events)
                .filteredOn(Event.Notice.class::isInstance)
                .filteredOn(event -> event.toString().contains("earlier queue"))
                .hasSize(2);
    }

    @Test
    void afterARecordWasDeletedByHandNothingIsStartedBeforeItsPodsHaveEnded() throws Exception {
        queue.start().running();
        queue.world.hand.deleteRecord(1);
        queue.pass(5);
        assertThat(queue.world.store.pods()).hasSize(4);
        assertThat(queue.world.store.jobs()).isEmpty();
        assertThat(queue.manager.status().sentence()).contains("the pod 1-0-0 has ended");

        queue.world.kubelet.reap();
        queue.pass(1);
        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(8);
        assertThat(queue.world.store.pods()).isEmpty();
    }

    @Test
    void theHighestNumberedRecordThatNamesAnItemSaysItsState() throws Exception {
        queue.start().work(40, this::failAll);
        assertThat(queue.manager.status().count(ItemState.FAILED)).isEqualTo(8);

        queue.start().end();
        Status third = queue.start().end();

        assertThat(third.count(ItemState.SKIPPED)).isEqualTo(8);
    }

    @Test
    void whatFailedInAnEarlierRunIsTriedAgainInTheNextAndNotInItsOwn() throws Exception {
        queue.start().work(40, this::failAll);
        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.FAILED);
        assertThat(queue.world.store.records()).hasSize(2);

        assertThat(queue.start().end().count(ItemState.SUCCEEDED)).isEqualTo(8);
    }

    @Test
    void aPersonsRetryPutsTheItemInANewBatchOfTheSameRun() throws Exception {
        queue.start(settings -> settings.once(false)).work(40, this::failAll);
        assertThat(queue.count(ItemState.FAILED)).isEqualTo(8);

        List<String> marked = Retry.mark(queue.world.cluster, "item 3"::equals);
        queue.work(10, queue.world.kubelet::succeedAll);

        assertThat(marked).containsExactly("item 3");
        assertThat(queue.item("item 3").state()).isEqualTo(ItemState.SUCCEEDED);
        assertThat(queue.item("item 3").batch()).isEqualTo(3);
        assertThat(queue.count(ItemState.FAILED)).isEqualTo(7);
    }

    @Test
    void aRetryCanBeAskedForThoughOthersOfTheBatchStillRun() throws Exception {
        queue.source.list(List.of("item 0", "item 1", "item 2", "item 3"));
        queue.start(settings -> settings.once(false)).running();
        PodView first = queue.world.store.pods().get(0);
        queue.world.kubelet.set(FakePods.failed(first, queue.world.clock.instant(), "ExitCode"));
        queue.pass(30);

        assertThat(Retry.mark(queue.world.cluster, item -> true)).containsExactly("item 0");
        queue.pass(5);
        assertThat(queue.item("item 0").state()).isEqualTo(ItemState.STARTING);
        assertThat(queue.count(ItemState.RUNNING)).isEqualTo(3);
    }

    @Test
    void noBatchIsBegunWhileThePodsOfTheLastAreStillBeingCreated() throws Exception {
        queue.world.rules.parallelism(8);
        queue.start(settings -> settings.parallelism(2));
        queue.world.cluster.failBefore(Kind.QUOTA, call -> call.equals("startPod"));
        queue.pass(3);
        queue.manager.setParallelism(8);
        queue.pass(30);

        assertThat(queue.world.store.records()).hasSize(1);
        assertThat(queue.item("item 0").reason()).isEqualTo("QuotaExceeded");
        assertThat(queue.item("item 0").message()).contains("startPod failed");
        queue.world.cluster.failBefore(Kind.QUOTA, call -> false);
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
    }

    @Test
    void whoeverLooksOnChangesNothing() throws Exception {
        FakeCluster onlooker = new FakeCluster(queue.world.store).acting(false);
        queue.manager = queue.manager(onlooker, settings -> settings);
        queue.pass(9);

        assertThat(queue.world.store.records()).isEmpty();
        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.WAITING);
        assertThat(queue.manager.status().sentence()).contains("looking on");
    }

    @Test
    void whoeverLooksOnForAWhileSaysSoOnceAndThatItActsAgain() throws Exception {
        queue.start().running();
        queue.world.cluster.acting(false);
        queue.pass(9);
        assertThat(queue.world.events).filteredOn(this::isOfLookingOn).isEmpty();

        queue.pass(60);
        assertThat(queue.world.events).filteredOn(this::isOfLookingOn).hasSize(1);

        queue.world.cluster.acting(true);
        queue.pass(60);
        assertThat(queue.world.events)
                .filteredOn(this::isOfLookingOn)
                .containsExactly(
                        new Event.Notice(LookingOn.SENTENCE),
                        new Event.Notice("This manager acts on the queue again."));
    }

    private boolean isOfLookingOn(Event event) {
        return event instanceof Event.Notice notice
                && (notice.sentence().equals(LookingOn.SENTENCE)
                        || notice.sentence().contains("acts on the queue again"));
    }

    @Test
    void aManagerThatLostTheLeaseMeanwhileCarriesNothingOut() throws Exception {
        queue.start(settings -> settings.logs(false)).running();
        queue.world.kubelet.succeedAll();
        queue.world.cluster.actingOnce();
        queue.pass(1);

        assertThat(queue.world.store.records()).hasSize(1).noneMatch(BatchRecord::isEnded);
    }
}
