package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.ledger.Ledger;
import io.jenkins.plugins.taskqueue.engine.ledger.Table;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A queue of 100,000 items costs a pass no more than one of ten. */
class ManyItemsTest {
    private static final int MANY = 100_000;
    private final Driven queue = new Driven(FakeSource.of(MANY));

    @Test
    void aPassInWhichNothingChangedMakesNoCallAndPublishesTheSameStatus() throws Exception {
        queue.start().running();
        queue.pass(30);
        int calls = queue.world.cluster.calls();
        int asked = queue.source.asked();
        Status before = queue.manager.status();

        queue.pass(100);

        assertThat(queue.world.cluster.calls()).isEqualTo(calls);
        assertThat(queue.source.asked()).isEqualTo(asked);
        assertThat(queue.manager.status()).isSameAs(before);
    }

    @Test
    void liveObjectsAreInProportionToTheParallelism() throws Exception {
        queue.start().running();

        assertThat(queue.world.store.pods()).hasSize(4);
        assertThat(queue.world.store.jobs()).hasSize(1);
        assertThat(queue.world.store.records()).hasSize(1);
    }

    @Test
    void whatChangesForOneItemIsPublishedForItAlone() throws Exception {
        queue.start().running();
        Status before = queue.manager.status();
        queue.world.kubelet.set(FakePods.succeeded(queue.world.store.pods().get(2), queue.world.clock.instant(), ""));
        queue.manager.pass();

        assertThat(queue.manager.status().items())
                .filteredOn(item -> item.revision() > before.revision())
                .extracting(item -> item.name())
                .containsExactly("item 2");
    }

    @Test
    void forABatchOnlyAsManyPendingItemsAreLookedAtAsItTakes() {
        Ledger ledger = new Ledger("run", new Table(1));
        ledger.list(new Listing(names(), "", false), Instant.EPOCH);
        AtomicInteger looks = new AtomicInteger();

        ledger.candidates(100, item -> looks.incrementAndGet() > 0);

        assertThat(looks).hasValue(100);
    }

    private static List<String> names() {
        return IntStream.range(0, MANY).mapToObj(i -> "item " + i).toList();
    }
}
