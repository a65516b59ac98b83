package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Old records are merged, and nothing that they say is lost. */
class MergeLifeTest {
    private static final int ITEMS = 120;
    private final Driven queue = new Driven(FakeSource.of(ITEMS));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private void startWithManyRecords(Runnable ends) throws InterruptedException {
        queue.start(settings -> settings.batchItems(1).once(false)).work(500, ends);
        assertThat(queue.world.store.records()).hasSize(ITEMS);
    }

    private void later() {
        queue.world.clock.advance(Duration.ofMinutes(11));
        queue.pass(3);
    }

    private long merged() {
        return queue.world.store.records().stream().filter(BatchRecord::merged).count();
    }

    @Test
    void manyOldRecordsBecomeOneAndEveryItemKeepsItsState() throws Exception {
        startWithManyRecords(queue.world.kubelet::succeedAll);
        assertThat(merged()).as("no record is ten minutes old").isZero();
        later();

        assertThat(queue.world.store.records()).hasSize(2);
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(ITEMS);
        Status next = queue.start(settings -> settings.once(true)).end();
        assertThat(next.count(ItemState.SUCCEEDED)).isEqualTo(ITEMS);
    }

    @Test
    void aMergeThatWasBrokenOffIsFinishedHoweverMuchLater() throws Exception {
        startWithManyRecords(queue.world.kubelet::succeedAll);
        queue.world.store.keepReplaced(true);
        later();
        assertThat(queue.world.store.records()).hasSize(ITEMS + 1);

        queue.world.store.keepReplaced(false);
        later();

        assertThat(queue.world.store.records()).hasSize(2);
        assertThat(queue.start(settings -> settings).end().count(ItemState.SUCCEEDED))
                .isEqualTo(ITEMS);
    }

    @Test
    void aRetryThatIsAskedForDuringAMergeIsNotLost() throws Exception {
        startWithManyRecords(() -> queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode")));
        queue.world.cluster.before("merge", () -> mark("item 7"));
        later();
        assertThat(merged()).isEqualTo(1);

        queue.start(settings -> settings).work(9, queue.world.kubelet::succeedAll);

        assertThat(queue.item("item 7").state()).isEqualTo(ItemState.SUCCEEDED);
        assertThat(queue.count(ItemState.FAILED)).isEqualTo(ITEMS - 1);
    }

    private void mark(String item) {
        try {
            assertThat(Retry.mark(queue.world.cluster, item::equals)).containsExactly(item);
        } catch (ClusterException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void messagesThatTheMergedRecordLeavesOutAreShownForAsLongAsTheManagerLives() throws Exception {
        startWithManyRecords(queue.world.kubelet::succeedAll);
        later();

        assertThat(queue.item("item 5").result()).isEqualTo("done");
        queue.start(settings -> settings).pass(1);
        assertThat(queue.item("item 5").result()).isEmpty();
    }

    @Test
    void aMergeThatFailsIsTriedAgain() throws Exception {
        startWithManyRecords(queue.world.kubelet::succeedAll);
        queue.world.cluster.failBefore(Kind.PASSING, call -> call.equals("merge"));
        later();
        assertThat(merged()).isZero();

        queue.world.cluster.failBefore(Kind.PASSING, call -> false);
        later();
        assertThat(merged()).isEqualTo(1);
    }
}
