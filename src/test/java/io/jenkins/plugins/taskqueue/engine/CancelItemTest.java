package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person cancels items of a run that goes on. */
class CancelItemTest {
    private final Driven queue = new Driven(FakeSource.of(8));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private Driven cancel(String item) {
        queue.manager.cancelItem(item);
        return queue.pass(3);
    }

    @Test
    void aRunningItemIsStoppedAndTheOthersGoOn() throws Exception {
        queue.start().running();
        cancel("item 1");

        assertThat(queue.item("item 1").state()).isEqualTo(ItemState.CANCELLED);
        assertThat(queue.item("item 1").message()).isEqualTo("A person cancelled the item.");
        assertThat(queue.count(ItemState.RUNNING)).isEqualTo(3);
        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(7);
        assertThat(queue.world.store.pods()).isEmpty();
        assertThat(queue.world.rules.successes()).doesNotContainKey("item 1");
    }

    @Test
    void itsSlotIsFreeWhenItsPodHasEnded() throws Exception {
        queue.start().running();
        cancel("item 1");
        assertThat(queue.count(ItemState.STARTING)).isZero();

        queue.world.kubelet.reap();
        queue.pass(3);
        assertThat(queue.count(ItemState.STARTING)).isEqualTo(1);
    }

    @Test
    void aPendingItemIsNeverStartedThoughTheManagerIsKilledAfterwards() throws Exception {
        queue.start().running();
        cancel("item 7");
        assertThat(queue.item("item 7").state()).isEqualTo(ItemState.CANCELLED);

        assertThat(queue.start().end().count(ItemState.SUCCEEDED)).isEqualTo(7);
        assertThat(queue.item("item 7").reason()).isEqualTo("ByHand");
    }

    @Test
    void aRunningItemStaysCancelledThoughTheManagerIsKilledAfterwards() throws Exception {
        queue.start().running();
        cancel("item 1");

        assertThat(queue.start().end().count(ItemState.SUCCEEDED)).isEqualTo(7);
        assertThat(queue.item("item 1").state()).isEqualTo(ItemState.CANCELLED);
    }

    @Test
    void itIsCancelledInTheEndThoughCallsFail() throws Exception {
        queue.start().running();
        int[] failures = {3};
        queue.world.cluster.failBefore(
                Kind.PASSING, call -> (call.equals("write") || call.equals("claim")) && failures[0]-- > 0);
        queue.manager.cancelItem("item 1");
        queue.manager.cancelItem("item 7");

        queue.pass(20);

        assertThat(queue.item("item 1").state()).isEqualTo(ItemState.CANCELLED);
        assertThat(queue.item("item 7").state()).isEqualTo(ItemState.CANCELLED);
    }

    @Test
    void anItemThatHasEndedOrIsNotKnownStaysAsItIs() throws Exception {
        queue.start().running();
        queue.world.kubelet.succeedAll();
        queue.pass(2);
        cancel("item 1");
        cancel("unknown");

        assertThat(queue.end().count(ItemState.SUCCEEDED)).isEqualTo(8);
    }

    @Test
    void aRetryByHandDoesItAfterAll() throws Exception {
        queue.start(settings -> settings.once(false)).running();
        cancel("item 1");
        cancel("item 7");
        assertThat(Retry.markItem(queue.world.cluster, "item 1")).isTrue();
        assertThat(Retry.markItem(queue.world.cluster, "item 7")).isTrue();
        assertThat(Retry.markItem(queue.world.cluster, "item 2")).isFalse();
        queue.work(20, queue.world.kubelet::succeedAll);

        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(8);
    }

    @Test
    void aRetryOfAllThatFailedLeavesItCancelled() throws Exception {
        queue.start().running();
        cancel("item 1");

        assertThat(Retry.mark(queue.world.cluster, item -> true)).isEmpty();
    }

    @Test
    void aRunWithSuchAnItemHasNotSucceeded() throws Exception {
        queue.start().running();
        cancel("item 1");
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.FAILED);
    }

    @Test
    void whereFailuresAreToleratedItSucceeds() throws Exception {
        queue.start(settings -> settings.failures(FailureLimit.parse("1"))).running();
        cancel("item 1");
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
    }

    @Test
    void theNextRunDoesIt() throws Exception {
        queue.start().running();
        cancel("item 1").end();

        assertThat(queue.start().end().count(ItemState.SUCCEEDED)).isEqualTo(1);
    }
}
