package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each state of an item means. */
class ItemStatesTest {
    private final Driven queue = new Driven(FakeSource.of("a", "b", "c", "d", "e"));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private void each(String item, UnaryOperator<PodView> change) {
        queue.world.store.pods().stream()
                .filter(pod -> queue.world.store.itemOf(pod).equals(item))
                .forEach(pod -> queue.world.kubelet.set(change.apply(pod)));
        queue.pass(1);
    }

    private PodView waiting(PodView pod, String reason) {
        return FakePods.waiting(pod, queue.world.clock.instant(), reason);
    }

    @Test
    void pendingIsListedAndNothingIsCreated() throws Exception {
        queue.start().started();

        ItemStatus last = queue.item("e");
        assertThat(last.state()).isEqualTo(ItemState.PENDING);
        assertThat(last.batch()).isZero();
        assertThat(last.attempts()).isZero();
    }

    @Test
    void startingSaysWhyNoContainerRuns() throws Exception {
        queue.start(settings -> settings.retries(1)).started();
        each("a", pod -> waiting(pod, "Unschedulable"));
        each("b", pod -> waiting(pod, "ImagePullBackOff"));
        each(
                "c",
                pod -> FakePods.failed(
                        FakePods.running(pod, queue.world.clock.instant()), queue.world.clock.instant(), "ExitCode"));

        assertThat(queue.item("a").reason()).isEqualTo("Unschedulable");
        assertThat(queue.item("b").reason()).isEqualTo("ImagePullBackOff");
        assertThat(queue.item("b").message()).isEqualTo("It waits: ImagePullBackOff");
        assertThat(queue.item("c").reason()).isEqualTo("Retrying");
        assertThat(queue.item("c").message()).isEqualTo("Attempt 0 ended: ExitCode (exit code 3).");
        assertThat(queue.count(ItemState.STARTING)).isEqualTo(4);
    }

    @Test
    void whatWaitsForItsSuspendedJobSaysForWhom() throws Exception {
        queue.start().pass(2);
        JobView job = queue.world.store.jobs().get(0);
        queue.world.store.put(new JobView(job.batch(), "tq-1", job.uid(), true, "", false));
        queue.pass(2);
        queue.world.kubelet.reap();
        queue.pass(1);
        assertThat(queue.item("a").state()).isEqualTo(ItemState.STARTING);
        assertThat(queue.item("a").reason()).isEqualTo("Suspended");
        assertThat(queue.item("a").message())
                .isEqualTo(
                        "The Job tq-1 is suspended: nothing of it runs until somebody sets its spec.suspend to false.");

        queue.world.store.put(new JobView(job.batch(), "tq-1", job.uid(), true, "team-a", false));
        queue.pass(1);
        assertThat(queue.item("a").message()).isEqualTo("The Job tq-1 waits for Kueue's queue \"team-a\" to admit it.");
    }

    @Test
    void runningIsAWorkerThatRuns() throws Exception {
        queue.start().running();

        assertThat(queue.count(ItemState.RUNNING)).isEqualTo(4);
        assertThat(queue.item("a").started()).isNotNull();
        assertThat(queue.item("a").attempts()).isEqualTo(1);
    }

    @Test
    void succeededHasItsResult() throws Exception {
        queue.start().end();

        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(5);
        assertThat(queue.item("a").result()).isEqualTo("done");
    }

    @Test
    void failedSaysWhichReasonAndTheEndOfTheLog() throws Exception {
        queue.start().work(40, () -> queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "OOMKilled")));

        assertThat(queue.count(ItemState.FAILED)).isEqualTo(5);
        assertThat(queue.item("a").reason()).isEqualTo("OOMKilled");
        assertThat(queue.item("a").logTail()).isEqualTo("log of 1-0-0");
    }

    @Test
    void anItemWhoseDataCanNotBeHadFailsAndHoldsUpNoOther() throws Exception {
        queue.source.failing("b", SourceException.permanent("The source refuses b."));

        Status end = queue.start().end();

        assertThat(end.count(ItemState.SUCCEEDED)).isEqualTo(4);
        assertThat(queue.item("b").reason()).isEqualTo("NoData");
        assertThat(queue.item("b").message()).isEqualTo("The source refuses b.");
        assertThat(queue.item("b").attempts()).isZero();
    }

    @Test
    void aMinuteInWhichNoDataCanBeHadFailsNoItemAndSaysWhy() throws Exception {
        List<String> names = List.of("a", "b", "c");
        queue.source.list(names);
        names.forEach(name -> queue.source.failing(name, SourceException.passing("The source answered 503.", null)));
        queue.start();
        for (int i = 0; i < 60; i++) {
            queue.poll();
            queue.pass(2);
        }
        assertThat(queue.count(ItemState.PENDING)).isEqualTo(3);
        assertThat(queue.manager.status().sentence())
                .isEqualTo("The data of the item \"a\" is asked for again: The source answered 503.");

        for (int i = 0; i < 600; i++) {
            queue.poll();
            queue.pass(2);
        }
        assertThat(queue.count(ItemState.FAILED)).isEqualTo(3);
    }

    @Test
    void aWorkerThatRunsIsNotFailedByAnOldViewOfItsPod() throws Exception {
        FakeCluster lagging = new FakeCluster(queue.world.store).lagging();
        queue.manager = queue.manager(lagging, settings -> settings.startTimeout(Duration.ofMinutes(2)));
        queue.started();
        Instant scheduled = queue.world.clock.instant();
        queue.world.store.pods().forEach(pod -> queue.world.kubelet.set(FakePods.waiting(pod, scheduled, "Pulling")));
        lagging.sync(); // and nothing is heard of them any more
        queue.world.kubelet.startAll();
        lagging.failBefore(ClusterException.Kind.PASSING, call -> true);
        queue.pass(300);
        assertThat(queue.count(ItemState.STARTING))
                .as("they can not be read anew")
                .isPositive();
        assertThat(queue.count(ItemState.FAILED)).isZero();

        lagging.failBefore(ClusterException.Kind.PASSING, call -> false);
        queue.pass(100);
        assertThat(queue.count(ItemState.STARTING) + queue.count(ItemState.FAILED))
                .isZero();
    }

    @Test
    void whatCanNotStartInTimeFailsWithTheReasonThatItWaitedFor() throws Exception {
        queue.start(settings -> settings.startTimeout(Duration.ofMinutes(1))).started();
        queue.world.store.pods().forEach(pod -> queue.world.kubelet.set(waiting(pod, "ImagePullBackOff")));
        queue.pass(100);
        assertThat(queue.count(ItemState.STARTING)).isEqualTo(4);
        for (int i = 0; i < 30; i++) {
            queue.pass(1);
            queue.world.kubelet.reap();
        }

        assertThat(queue.item("a").state()).isEqualTo(ItemState.FAILED);
        assertThat(queue.item("a").reason()).isEqualTo("ImagePullBackOff");
        assertThat(queue.world.store.pods()).noneMatch(pod -> pod.batch() == 1);
    }

    @Test
    void skippedWasDoneByAnEarlierRunOfTheSameQueue() throws Exception {
        queue.start().end();
        queue.start().pass(1);

        assertThat(queue.count(ItemState.SKIPPED)).isEqualTo(5);
        assertThat(queue.item("a").result()).isEqualTo("done");
    }

    @Test
    void cancelledWasStoppedByAnAbortOrByTheFailureLimit() throws Exception {
        queue.start().running();
        queue.manager.cancel();
        queue.work(20, () -> {});

        assertThat(queue.count(ItemState.CANCELLED)).isEqualTo(5);
        assertThat(queue.item("e").reason()).isEqualTo("Aborted");
        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.CANCELLED);
        assertThat(queue.world.store.pods()).isEmpty();
    }

    @Test
    void whatWasCancelledIsPendingInTheNextRun() throws Exception {
        queue.start().running();
        queue.manager.cancel();
        queue.work(20, () -> {});

        assertThat(queue.start().end().count(ItemState.SUCCEEDED)).isEqualTo(5);
    }

    @Test
    void anItemThatTheSourceListsNoMoreBeforeItsClaimIsDropped() throws Exception {
        queue.start().started();
        queue.source.list(List.of("a", "b", "c", "d"));
        queue.poll();
        queue.pass(1);

        assertThat(queue.manager.status().items()).extracting(ItemStatus::name).containsExactly("a", "b", "c", "d");
    }

    @Test
    void anItemThatTheSourceListsNoMoreAfterItsClaimComesToItsEnd() throws Exception {
        queue.start().running();
        queue.source.list(List.of());
        queue.poll();

        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(4);
    }
}
