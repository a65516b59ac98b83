package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A batch's number: taken once, in full view of every earlier claim, and never again. */
class BatchNumberTest {
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
    void aClaimThatDidNotSeeTheLastOneStartsNothing() throws Exception {
        queue.start();
        QueueManager other = queue.manager(new FakeCluster(queue.world.store).lagging(), settings -> settings);
        queue.world.cluster.acting(true);
        queue.pass(1);

        other.pass();

        assertThat(queue.world.store.records()).hasSize(1);
        assertThat(liveEntries()).hasSize(4);
    }

    @Test
    void aClaimThatWasHeldUpByItsSourceStartsNothingWhereAnotherManagerClaimedMeanwhile() throws Exception {
        queue.start();
        FakeCluster cluster = new FakeCluster(queue.world.store).acting(false);
        QueueManager other = queue.manager(cluster, settings -> settings);
        List<String> once = new ArrayList<>(List.of("once"));
        queue.source.beforeData("item 0", () -> {
            if (!once.isEmpty()) {
                once.clear();
                cluster.acting(true);
                other.pass();
                queue.world.cluster.acting(true);
            }
        });
        queue.pass(1);

        assertThat(queue.world.store.records()).hasSize(1);
        assertThat(liveEntries()).hasSize(4);
    }

    @Test
    void aNumberWhoseRecordDidNotComeIsUsedUp() throws Exception {
        queue.start();
        queue.world.cluster.failBefore(Kind.PASSING, call -> call.equals("record"));
        queue.pass(1);
        assertThat(queue.world.store.records()).isEmpty();
        queue.world.cluster.failBefore(Kind.PASSING, call -> false);
        queue.pass(3);

        assertThat(queue.world.store.records())
                .extracting(record -> record.entries().size())
                .containsExactly(0, 4);
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
    }

    @Test
    void aRecordThatComesTooLateIsRefused() throws Exception {
        queue.start();
        queue.world.cluster.late(call -> call.equals("record"));
        queue.pass(1);
        queue.world.cluster.late(call -> false);
        queue.start().pass(2);
        assertThat(liveEntries()).hasSize(4);

        queue.world.store.late.arrive(0);

        assertThat(liveEntries()).hasSize(4);
        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(10);
    }

    @Test
    void aRecordThatComesLateAndNotTooLateIsWorkedOff() throws Exception {
        queue.start();
        queue.world.cluster.late(call -> call.equals("record"));
        queue.pass(1);
        queue.world.cluster.late(call -> false);
        queue.world.store.late.arrive(0);
        queue.start().pass(3);

        assertThat(liveEntries()).hasSize(4).allMatch(entry -> entry.batch() == 1);
        assertThat(queue.world.store.pods()).hasSize(4);
    }

    @Test
    void aRunDoesNotEndBeforeTheLastNumberIsSettled() throws Exception {
        queue.source.list(List.of("one"));
        queue.start();
        queue.world.cluster.late(call -> call.equals("record"));
        queue.pass(1);
        queue.world.cluster.late(call -> false);
        queue.source.list(List.of());
        Status end = queue.start().end();
        assertThat(end.phase().isEnd()).isTrue();

        queue.world.store.late.arrive(0);

        assertThat(liveEntries()).isEmpty();
    }

    @Test
    void aNumberIsNeverUsedTwiceThoughItsRecordIsDeleted() throws Exception {
        queue.start().running();
        queue.world.hand.deleteRecord(1);
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
        queue.pass(5);

        assertThat(liveEntries()).hasSize(4).allMatch(entry -> entry.batch() == 2);
        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(10);
    }
}
