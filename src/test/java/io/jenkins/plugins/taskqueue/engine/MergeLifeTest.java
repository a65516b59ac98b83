package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Old records are merged, and nothing that they say is lost. */
class MergeLifeTest {
    private static final int ITEMS = 120;
    private static final String LONG = "done ".repeat(100);
    private final Driven queue = new Driven(FakeSource.of(ITEMS));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private void startWithManyRecords(Runnable ends) throws InterruptedException {
        queue.start(settings -> settings.batchItems(1).once(false)).work(500, ends);
    }

    /** A merge is looked after again only when its deletions have had their time to be seen. */
    private void later() {
        queue.pass(60);
    }

    private long merged() {
        return queue.world.store.records().stream().filter(BatchRecord::merged).count();
    }

    @Test
    void manyOldRecordsBecomeOneAndEveryItemKeepsItsState() throws Exception {
        startWithManyRecords(queue.world.kubelet::succeedAll);
        later();

        assertThat(merged()).isPositive();
        assertThat(queue.world.store.records()).hasSizeLessThan(60);
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(ITEMS);
        Status next = queue.start(settings -> settings.once(true)).end();
        assertThat(next.count(ItemState.SUCCEEDED)).isEqualTo(ITEMS);
    }

    @Test
    void aMergeThatWasBrokenOffIsFinishedHoweverMuchLater() throws Exception {
        queue.world.store.keepReplaced(true);
        startWithManyRecords(queue.world.kubelet::succeedAll);
        later();
        assertThat(queue.world.store.records()).hasSize(ITEMS + 1);

        queue.world.store.keepReplaced(false);
        later();

        assertThat(queue.world.store.records()).hasSizeLessThan(80);
        assertThat(queue.start(settings -> settings).end().count(ItemState.SUCCEEDED))
                .isEqualTo(ITEMS);
    }

    @Test
    void aRetryThatIsAskedForDuringAMergeIsNotLost() throws Exception {
        manyFailAndOneIsAskedForDuringAMerge();
        assertThat(queue.item("item 7").state()).isNotEqualTo(ItemState.SUCCEEDED);

        queue.start(settings -> settings.batchItems(1)).end();

        assertThat(queue.item("item 7").state()).isEqualTo(ItemState.SUCCEEDED);
        assertThat(queue.item("item 8").state()).isEqualTo(ItemState.FAILED);
    }

    @Test
    void aRecordInWhichAPersonAskedForARetryIsMergedOnceThatIsDone() throws Exception {
        manyFailAndOneIsAskedForDuringAMerge();
        queue.work(300, queue.world.kubelet::succeedAll);

        assertThat(marked()).isZero();
        assertThat(queue.item("item 7").state()).isEqualTo(ItemState.SUCCEEDED);
    }

    private void manyFailAndOneIsAskedForDuringAMerge() throws InterruptedException {
        queue.world.cluster.before("merge", () -> mark("item 7"));
        queue.start(settings -> settings.batchItems(1).once(false).disruptionRetries(0));
        for (int i = 0; i < 500 && marked() == 0; i++) {
            queue.work(1, () -> queue.world.kubelet.endAll(FakePods::gone));
        }
        assertThat(marked()).isEqualTo(1);
        assertThat(merged()).isPositive();
    }

    private long marked() {
        return queue.world.store.records().stream()
                .filter(BatchRecord::isToBeRetried)
                .count();
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
        Driven many = new Driven(FakeSource.of(300));
        many.start(settings -> settings.batchItems(1).once(false))
                .work(
                        900,
                        () -> many.world.kubelet.endAll(
                                (pod, now) -> FakePods.succeeded(pod, now, pod.batch() == 6 ? "brief" : LONG)));

        assertThat(many.item("item 4").result()).isEqualTo(LONG);
        many.start(settings -> settings).pass(1);
        assertThat(many.item("item 4").result()).isEmpty();
        assertThat(many.item("item 5").result()).isEqualTo("brief");
        assertThat(many.item("item 299").result()).as("the last ones").isEqualTo(LONG);
        assertThat(many.world.rules.breaches()).isEmpty();
    }

    @Test
    void aMergeThatFailsIsTriedAgain() throws Exception {
        queue.world.cluster.failBefore(Kind.PASSING, call -> call.equals("merge"));
        startWithManyRecords(queue.world.kubelet::succeedAll);
        assertThat(merged()).isZero();
        assertThat(queue.world.store.records()).hasSize(ITEMS);

        queue.world.cluster.failBefore(Kind.PASSING, call -> false);
        later();
        assertThat(merged()).isEqualTo(1);
    }
}
