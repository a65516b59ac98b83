package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a run ends, and how. */
class RunEndTest {
    private final Driven queue = new Driven(FakeSource.of(8));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private void failFirst(int items) {
        List<String> failing =
                IntStream.range(0, items).mapToObj(i -> "item " + i).toList();
        queue.world.kubelet.endAll((pod, now) -> failing.contains(queue.world.store.itemOf(pod))
                ? FakePods.failed(pod, now, "ExitCode")
                : FakePods.succeeded(pod, now, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "none, 0, SUCCEEDED",
        "none, 1, FAILED",
        "0, 1, FAILED",
        "2, 2, SUCCEEDED",
        "2, 3, FAILED",
        "25%, 2, SUCCEEDED",
        "25%, 3, FAILED"
    })
    void aRunSucceedsIfEveryItemDidOrItsFailureIsTolerated(String limit, int failing, Status.Phase phase)
            throws Exception {
        queue.start(settings -> settings.failures(FailureLimit.parse(limit))).work(60, () -> failFirst(failing));

        assertThat(queue.manager.status().phase()).isEqualTo(phase);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, FAILED",
        "1, 1, SUCCEEDED",
        "1, 2, FAILED",
        "24%, 1, FAILED",
        "25%, 1, SUCCEEDED",
        "none, 1, FAILED"
    })
    void whatAPersonCancelledCountsAsFailedForTheLimit(String limit, int cancelled, Status.Phase end) throws Exception {
        queue.source.list(List.of("a", "b", "c", "d"));
        queue.start(settings -> settings.failures(FailureLimit.parse(limit)));
        List.of("a", "b").subList(0, cancelled).forEach(queue.manager::cancelItem);

        assertThat(queue.end().phase()).isEqualTo(end);
        assertThat(queue.count(ItemState.CANCELLED)).isEqualTo(cancelled);
    }

    @Test
    void aPercentageOfFailuresIsOfAllItemsOfTheRunThoughTheSourceListsTheEndedNoMore() throws Exception {
        Driven stream = new Driven(FakeSource.of(200).acknowledging());
        stream.start(settings -> settings.failures(FailureLimit.parse("10%")));
        for (int i = 0; i < 1500 && !stream.manager.status().phase().isEnd(); i++) {
            stream.poll();
            stream.work(
                    1,
                    () -> stream.world.kubelet.endAll(
                            (pod, now) -> stream.world.store.itemOf(pod).equals("item 195")
                                    ? FakePods.failed(pod, now, "ExitCode")
                                    : FakePods.succeeded(pod, now, "")));
        }

        assertThat(stream.manager.status().phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(stream.count(ItemState.FAILED)).isEqualTo(1);
        assertThat(stream.count(ItemState.CANCELLED)).isZero();
    }

    @Test
    void aPercentageWaitsForAListingThoughRecordsTellOfFailures() throws Exception {
        queue.start(settings -> settings.failures(FailureLimit.parse("50%"))).running();
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
        queue.source.down("The source is down.");
        queue.start(settings -> settings.failures(FailureLimit.parse("50%"))).pass(50);

        assertThat(queue.count(ItemState.CANCELLED)).isZero();
    }

    @Test
    void aRunDoesNotEndBeforeThereIsACompleteListing() throws Exception {
        queue.source.down("no route to the source");
        queue.start().pass(100);
        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.WAITING);
        assertThat(queue.manager.status().sentence()).isEqualTo("no route to the source");

        queue.source.up();
        queue.poll();
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
    }

    @Test
    void aManagerThatGoesOnForEverTakesWhatIsListedLater() throws Exception {
        queue.start(settings -> settings.once(false)).work(20, queue.world.kubelet::succeedAll);
        queue.source.list(List.of("new"));
        queue.poll();
        queue.work(10, queue.world.kubelet::succeedAll);

        assertThat(queue.item("new").state()).isEqualTo(ItemState.SUCCEEDED);
        assertThat(queue.manager.status().phase().isEnd()).isFalse();
    }

    @Test
    void aRunThatIsToGoOnTakesNewItemsUntilThereWereNoneForSoLong() throws Exception {
        queue.start(settings -> settings.keepRunning(Duration.ofMinutes(5))).work(20, queue.world.kubelet::succeedAll);
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(8);
        queue.world.clock.advance(Duration.ofMinutes(4));
        queue.source.list(List.of("new"));
        queue.poll();
        queue.work(10, queue.world.kubelet::succeedAll);
        assertThat(queue.item("new").state()).isEqualTo(ItemState.SUCCEEDED);

        queue.world.clock.advance(Duration.ofMinutes(4));
        assertThat(queue.pass(5).manager.status().phase().isEnd()).isFalse();
        queue.world.clock.advance(Duration.ofMinutes(1));
        assertThat(queue.pass(5).manager.status().phase()).isEqualTo(Status.Phase.SUCCEEDED);
    }

    @Test
    void whilePausedNothingStartsAndWhatRunsComesToItsEnd() throws Exception {
        queue.start().running();
        queue.manager.pause(true);
        queue.work(20, queue.world.kubelet::succeedAll);
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(4);
        assertThat(queue.count(ItemState.PENDING)).isEqualTo(4);
        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.PAUSED);

        queue.manager.pause(false);
        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(8);
    }

    @Test
    void aPausedRunCanBeAborted() throws Exception {
        queue.start().running();
        queue.manager.pause(true);
        queue.manager.cancel();
        queue.work(30, () -> {});

        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.CANCELLED);
    }

    @Test
    void aRunThatIsBeingStoppedStaysSoWhateverIsListedMeanwhile() throws Exception {
        queue.start(settings -> settings.failures(FailureLimit.parse("10%"))).running();
        failFirst(1);
        queue.pass(1);
        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.CANCELLING);

        queue.source.list(IntStream.range(0, 100).mapToObj(i -> "item " + i).toList());
        queue.poll();
        queue.work(30, queue.world.kubelet::succeedAll);

        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.FAILED);
        assertThat(queue.world.rules.successes()).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @CsvSource({"delete, false", "delete, true", "endRun, false", "endRun, true"})
    void aQueueWithoutANameLeavesNothingThoughACallFails(String call, boolean after) throws Exception {
        queue.start(settings -> settings.named(false));
        int[] failures = {3};
        if (after) {
            queue.world.cluster.failAfter(name -> name.equals(call) && failures[0]-- > 0);
        } else {
            queue.world.cluster.failBefore(Kind.PASSING, name -> name.equals(call) && failures[0]-- > 0);
        }

        Status end = queue.end();

        assertThat(end.phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(end.count(ItemState.SUCCEEDED)).isEqualTo(8);
        assertThat(queue.world.store.records()).isEmpty();
    }

    @Test
    void whoeverLooksOnEndsWithTheRunToo() throws Exception {
        FakeCluster onlooker = new FakeCluster(queue.world.store).acting(false);
        QueueManager second = queue.manager(onlooker, settings -> settings);
        queue.start().end();
        second.pass();

        assertThat(second.status().phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(second.status().sentence()).isEmpty();
        assertThat(second.status().count(ItemState.SUCCEEDED)).isEqualTo(8);
    }

    @Test
    void nothingIsClaimedForARunThatAnotherManagerHasEnded() throws Exception {
        QueueManager second = queue.manager(new FakeCluster(queue.world.store), settings -> settings);
        queue.start().end();
        queue.source.list(List.of("late"));
        second.step();
        second.pass();

        assertThat(second.status().phase()).isEqualTo(Status.Phase.FAILED);
        assertThat(queue.world.store.records()).noneMatch(record -> record.number() > 2);
    }

    @Test
    void aManagerWhoseRunHasEndedHasNoPartInTheNextOne() throws Exception {
        FakeCluster cluster = new FakeCluster(queue.world.store);
        QueueManager first = queue.manager(cluster, settings -> settings);
        queue.world.cluster.acting(true);
        queue.start().end();
        queue.source.list(List.of("fails"));
        queue.start(settings -> settings.once(false)).work(20, () -> failFirst(0));
        queue.source.list(List.of("fails", "later"));
        cluster.acting(true);
        first.step();
        first.pass();

        assertThat(cluster.mayAct()).as("it would, if it were its run").isTrue();
        assertThat(first.status().phase().isEnd()).isTrue();
        assertThat(queue.world.store.records()).hasSize(3);
    }

    @Test
    void aQueueThatSomebodyDeletesStopsItsManagerWithASentence() throws Exception {
        queue.start().running();
        queue.world.cluster.delete();
        queue.pass(1);

        assertThat(queue.manager.failure().orElseThrow()).contains("\"videos\" was deleted", "Start it again");
    }

    @Test
    void whatCanNotGoOnSaysWhy() throws Exception {
        queue.start();
        queue.world.cluster.failBefore(Kind.FATAL, call -> call.equals("startJob"));
        queue.pass(3);

        assertThat(queue.manager.failure()).contains("startJob failed.");
        assertThat(queue.manager.end()).isDone();
    }

    @Test
    void aRunIsNotEndedOverWhatAnotherManagerClaimsMeanwhile() throws Exception {
        queue.source.list(List.of());
        FakeCluster other = new FakeCluster(queue.world.store);
        queue.start();
        QueueManager second = queue.manager(other, settings -> settings);
        queue.source.list(List.of("late"));
        second.step();
        queue.world.cluster.acting(true).before("endRun", () -> {
            other.acting(true);
            second.pass();
            queue.world.cluster.acting(true);
        });

        Status end = queue.end();

        assertThat(end.count(ItemState.STARTING)).isZero();
        assertThat(queue.world.rules.successes()).containsOnlyKeys("late");
        assertThat(queue.world.store.jobs()).isEmpty();
    }
}
