package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody wants pods gone, by a drain for instance, while their items go on elsewhere. */
class DrainTest {
    private final Driven queue = new Driven(FakeSource.of("long"));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private List<String> pods() {
        return queue.world.store.pods().stream().map(PodView::name).toList();
    }

    /** Evicts what runs, and lets it have its grace period. */
    private void evict() {
        queue.world.store.pods().forEach(pod -> queue.world.store.delete(pod.name()));
        queue.world.kubelet.reap();
    }

    private Entry entry() {
        return queue.world.store.records().get(0).entries().get(0);
    }

    @Test
    void aPodGoesWhenItsAttemptIsOverThoughItsItemGoesOn() throws Exception {
        queue.start().running();
        evict();
        assertThat(pods()).as("held until it is written").containsExactly("1-0-0");

        queue.pass(4);
        queue.world.kubelet.startAll();
        queue.pass(200);
        assertThat(pods()).containsExactly("1-0-1");
        assertThat(queue.item("long").state()).isEqualTo(ItemState.RUNNING);
        assertThat(queue.item("long").attempts()).isEqualTo(2);

        Status end = queue.end();
        assertThat(end.phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(end.items()).extracting(ItemStatus::attempts).containsExactly(2);
    }

    @Test
    void theEarlierPodGoesThoughItsDeletionIsAskedForOnlyWhileTheNextRuns() throws Exception {
        queue.start(settings -> settings.retries(1)).running();
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
        queue.pass(4);
        queue.world.kubelet.startAll();
        assertThat(pods()).containsExactly("1-0-0", "1-0-1");

        queue.world.store.delete("1-0-0");
        queue.pass(3);
        assertThat(pods()).containsExactly("1-0-1");
    }

    @Test
    void budgetsNumbersAndBackoffHoldThoughEachManagerIsKilled() throws Exception {
        for (int attempt = 0; attempt <= 2; attempt++) {
            queue.start(settings -> settings.retries(0).disruptionRetries(2)).started();
            assertThat(pods()).containsExactly("1-0-" + attempt);
            queue.world.kubelet.startAll();
            evict();
            queue.pass(3);
            if (attempt < 2) {
                assertThat(pods()).doesNotContain("1-0-" + attempt);
                assertThat(entry().attempts().disruptions()).isEqualTo(attempt + 1);
                assertThat(entry().attempts().alike()).isEqualTo(attempt + 1);
            }
        }
        assertThat(queue.item("long").state()).isEqualTo(ItemState.FAILED);
        assertThat(queue.item("long").attempts()).isEqualTo(3);
    }

    @Test
    void whatEndedHowIsShownThoughItsPodIsGone() throws Exception {
        queue.start(settings -> settings.disruptionRetries(9)).running();
        for (int i = 0; i < 5; i++) {
            evict();
            queue.pass(70);
            queue.world.kubelet.startAll();
        }
        evict();
        queue.pass(4);
        queue.start().pass(2);

        assertThat(pods()).isEmpty();
        assertThat(queue.item("long").reason()).isEqualTo("Retrying");
        assertThat(queue.item("long").attempts()).isEqualTo(6);
        assertThat(queue.item("long").message()).isEqualTo("Attempt 5 ended: Deleted (taken away).");
    }

    @Test
    void anotherManagerThatSawNoneOfItGivesNoNumberTwice() throws Exception {
        queue.start().running();
        queue.world.store.pods().forEach(pod -> queue.world.kubelet.set(FakePods.gone(pod, pod.created())));
        queue.pass(2);
        assertThat(pods()).as("nothing tells of it any more but the record").isEmpty();

        queue.manager = queue.manager(new FakeCluster(queue.world.store), settings -> settings);
        queue.started();
        assertThat(pods()).containsExactly("1-0-1");
    }

    @Test
    void aSuccessWhosePodIsToGoIsWrittenAtOnceThoughOthersOfItsBatchRun() throws Exception {
        queue.source.list(List.of("long", "short"));
        queue.start().running();
        queue.world.kubelet.set(
                FakePods.succeeded(queue.world.store.pods().get(1), queue.world.clock.instant(), "done"));
        queue.pass(100);
        assertThat(pods()).hasSize(2);

        queue.world.store.delete("1-1-0");
        queue.pass(3);
        assertThat(pods()).containsExactly("1-0-0");
        assertThat(queue.item("short").state()).isEqualTo(ItemState.SUCCEEDED);
    }
}
