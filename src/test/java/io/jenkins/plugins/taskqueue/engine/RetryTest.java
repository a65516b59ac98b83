package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final Driven queue = new Driven(FakeSource.of(6));

    private void finished() throws InterruptedException {
        queue.start()
                .work(
                        60,
                        () -> queue.world.kubelet.endAll((pod, now) -> failing(pod)
                                ? FakePods.failed(pod, now, "ExitCode")
                                : FakePods.succeeded(pod, now, "")));
        assertThat(queue.count(ItemState.FAILED)).isEqualTo(3);
    }

    private boolean failing(PodView pod) {
        return List.of("item 0", "item 1", "item 5").contains(queue.world.store.itemOf(pod));
    }

    private List<String> mark() throws Exception {
        return Retry.mark(queue.world.cluster, item -> true);
    }

    @Test
    void marksFailedItemsAndNoOthers() throws Exception {
        finished();

        assertThat(mark()).containsExactly("item 0", "item 1", "item 5");
        assertThat(queue.start().end().count(ItemState.SUCCEEDED)).isEqualTo(3);
    }

    @Test
    void marksThoseThatAreNamed() throws Exception {
        finished();

        assertThat(Retry.mark(queue.world.cluster, List.of("item 1", "item 2", "unknown")::contains))
                .containsExactly("item 1");
    }

    @Test
    void anItemThatSucceededInALaterBatchIsNotMarked() throws Exception {
        finished();
        queue.start().end();

        assertThat(mark()).isEmpty();
    }

    @Test
    void anAbortedItemIsNotMarked() throws Exception {
        queue.start().running();
        queue.manager.cancel();
        queue.work(20, () -> {});

        assertThat(mark()).isEmpty();
    }

    @Test
    void askingTwiceIsHarmless() throws Exception {
        finished();
        mark();
        mark();

        assertThat(queue.start().end().count(ItemState.SUCCEEDED)).isEqualTo(3);
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    @Test
    void aRecordThatChangedMeanwhileIsAConflictAndAskingAgainHelps() throws Exception {
        finished();
        queue.world.cluster.failBefore(Kind.CONFLICT, call -> call.equals("write"));
        assertThatThrownBy(this::mark).isInstanceOf(ClusterException.class);

        queue.world.cluster.failBefore(Kind.CONFLICT, call -> false);
        assertThat(mark()).hasSize(3);
    }
}
