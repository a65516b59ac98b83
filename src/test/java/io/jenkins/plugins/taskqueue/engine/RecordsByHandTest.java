package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody deletes or changes a record by hand. */
class RecordsByHandTest {
    private final Driven queue = new Driven(FakeSource.of(8));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    @Test
    void aRunThatIsStoppedDoesNotEndBeforePodsOfADeletedRecordHaveEnded() throws Exception {
        queue.start().running();
        queue.world.hand.deleteRecord(1);
        queue.manager.cancel();
        queue.pass(15);
        assertThat(queue.world.store.pods()).hasSize(4);
        assertThat(queue.manager.status().phase().isEnd()).isFalse();

        queue.world.kubelet.reap();
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.CANCELLED);
    }

    @Test
    void aRecordThatSomebodyMadeUnreadableHoldsItsBatchAndNoOther() throws Exception {
        queue.start(settings -> settings.batchItems(2)).running();
        queue.world.hand.breakRecord(1);
        queue.work(60, queue.world.kubelet::succeedAll);
        assertThat(queue.manager.failure()).isEmpty();
        assertThat(queue.world.store.records()).filteredOn(BatchRecord::isEnded).hasSize(3);
        assertThat(queue.manager.status().sentence()).isEqualTo("Somebody changed the record 1.");
        assertThat(queue.world.events)
                .filteredOn(Event.Notice.class::isInstance)
                .hasSize(1);

        queue.world.hand.deleteRecord(1);
        assertThat(queue.end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(8);
    }
}
