package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class BatchLifeApiServerTest {
    private TestNamespace namespace;
    private TestQueue queue;

    @BeforeEach
    void open() throws Exception {
        namespace = new TestNamespace();
        queue = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", "")).open();
    }

    @AfterEach
    void close() {
        queue.close();
        namespace.close();
    }

    @Test
    void batchLeavesItsRecordAndNothingElse() throws Exception {
        BatchRecord record = queue.start(1, 3);
        queue.awaitPods(1, PodView::isTerminal);
        queue.end(record, ItemState.SUCCEEDED);

        await().atMost(TestQueue.LONG).untilAsserted(() -> {
            assertThat(namespace.pods()).isEmpty();
            assertThat(namespace.jobs()).isEmpty();
        });
        assertThat(queue.cluster.observed().jobs()).isEmpty();
        assertThat(queue.cluster.observed().pods()).isEmpty();
        assertThat(queue.cluster.observed().records()).singleElement().matches(BatchRecord::isEnded);
    }

    @Test
    void podThatIsReadAnewIsSeenAsItIs() throws Exception {
        BatchRecord record = queue.start(1, 1);
        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        queue.cluster.look(pod);
        assertThat(queue.pods(1)).extracting(PodView::phase).containsExactly(pod.phase());

        queue.end(record, ItemState.SUCCEEDED);
        namespace.awaitNoPods();
        queue.cluster.look(pod);
        assertThat(queue.pods(1)).isEmpty();
    }

    @Test
    void batchTakesTwoWritesForEachItemAndSevenForAll() throws Exception {
        int before = namespace.writes().size();
        BatchRecord record = queue.start(1, 10);
        queue.awaitPods(1, PodView::isTerminal);
        queue.end(record, ItemState.SUCCEEDED);

        assertThat(namespace.writes().subList(before, namespace.writes().size()))
                .hasSize(2 * 10 + 7);
    }

    @Test
    void batchOfOneItemTakesNineWritesOfWhichTheDeletionsGoTogetherWithOthers() throws Exception {
        int before = namespace.writes().size();
        BatchRecord record = queue.start(1, 1);
        queue.awaitPods(1, PodView::isTerminal);
        queue.end(record, ItemState.SUCCEEDED);

        assertThat(namespace.writes().subList(before, namespace.writes().size()))
                .hasSize(9);
        namespace.awaitNoPods();
    }

    @Test
    void steadyStateListsAndReadsNothing() throws Exception {
        namespace.requests.clear();
        BatchRecord record = queue.start(1, 5);
        queue.awaitPods(1, PodView::isTerminal);
        queue.end(record, ItemState.SUCCEEDED);

        assertThat(namespace.requests)
                .noneMatch(request -> request.startsWith("GET ") && !request.contains("watch=true"));
    }

    @Test
    void callsAreObservedWhenTheyReturn() throws Exception {
        BatchRecord record = queue.claim(1, 1);
        assertThat(queue.cluster.observed().records()).singleElement().isSameAs(record);

        queue.cluster.startJob(record);
        assertThat(queue.cluster.observed().jobs()).containsKey(1);

        queue.cluster.startPod(record, 0, 0);
        assertThat(queue.pods(1)).singleElement().matches(PodView::tracked);

        queue.awaitPods(1, PodView::isTerminal);
        BatchRecord ended = queue.write(record, ItemState.SUCCEEDED);
        assertThat(queue.cluster.observed().records()).singleElement().isSameAs(ended);

        queue.cluster.report(ended, queue.pods(1));
        assertThat(queue.cluster.observed().jobs().get(1).finished()).isTrue();

        queue.cluster.release(ended, queue.pods(1));
        assertThat(queue.pods(1)).noneMatch(PodView::tracked);

        queue.cluster.deleteJob(ended);
        assertThat(queue.cluster.observed().jobs()).isEmpty();
        assertThat(queue.pods(1)).isEmpty();
    }

    @Test
    void secondClaimOfANumberIsAConflict() throws Exception {
        queue.claim(1, 1);

        assertThatThrownBy(() -> queue.claim(1, 1))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
    }

    @Test
    void writeOfAnOlderVersionIsAConflict() throws Exception {
        BatchRecord record = queue.claim(1, 2);
        queue.write(record, ItemState.CANCELLED);

        assertThatThrownBy(() -> queue.write(record, ItemState.FAILED))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
    }

    @Test
    void startingTwiceHasTheEffectOfOnce() throws Exception {
        BatchRecord record = queue.start(1, 2);
        queue.cluster.startJob(record);
        queue.cluster.startPod(record, 0, 0);
        queue.cluster.startPod(record, 1, 0);

        assertThat(queue.pods(1)).hasSize(2);
    }

    @Test
    void clearingAwayTwiceHasTheEffectOfOnce() throws Exception {
        BatchRecord record = queue.start(1, 2);
        List<PodView> pods = queue.awaitPods(1, PodView::isTerminal);
        BatchRecord ended = queue.write(record, ItemState.SUCCEEDED);
        for (int i = 0; i < 2; i++) {
            queue.cluster.release(ended, pods);
            queue.cluster.deleteJob(ended);
        }

        assertThat(queue.cluster.observed().pods()).isEmpty();
    }

    @Test
    void dataOfEndedItemsLeavesTheRecord() throws Exception {
        BatchRecord record = queue.claim(1, 2);
        var object = namespace
                .admin
                .configMaps()
                .inNamespace(namespace.name)
                .withName("tq-" + io.jenkins.plugins.taskqueue.engine.QueueId.of("videos") + "-1");
        assertThat(object.get().getData()).containsKeys("item-0", "item-1", "record.json");

        queue.write(record, ItemState.SUCCEEDED);

        assertThat(object.get().getData()).containsOnlyKeys("record.json");
    }

    @Test
    void jobTellsTheTruthAboutADoneBatch() throws Exception {
        BatchRecord record = queue.start(1, 3);
        queue.awaitPods(1, PodView::isTerminal);
        queue.cluster.report(queue.write(record, ItemState.SUCCEEDED), queue.pods(1));

        Job job = job();
        assertThat(job.getStatus().getCompletedIndexes()).isEqualTo("0-2");
        assertThat(job.getStatus().getSucceeded()).isEqualTo(3);
        assertThat(job.getStatus().getCompletionTime()).isNotEmpty();
        assertThat(job.getStatus().getConditions())
                .extracting(JobCondition::getType)
                .contains("Complete");
    }

    @Test
    void jobTellsTheTruthAboutAFailedBatch() throws Exception {
        BatchRecord record = queue.start(1, 3);
        queue.cluster.report(record, queue.pods(1));
        queue.awaitPods(1, PodView::isTerminal);
        queue.cluster.report(queue.write(record, ItemState.FAILED), queue.pods(1));

        Job job = job();
        assertThat(job.getStatus().getFailedIndexes()).isEqualTo("0-2");
        assertThat(job.getStatus().getConditions())
                .extracting(JobCondition::getType)
                .contains("Failed");
    }

    private Job job() {
        return namespace.jobs().get(0);
    }
}
