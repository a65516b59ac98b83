package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The test plays the kubelet: the pods have no node that they fit on. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class ObservationApiServerTest {
    private static final String OWNER = "tq-" + QueueId.of("videos");

    private TestNamespace namespace;
    private TestQueue queue;

    @BeforeEach
    void open() throws Exception {
        namespace = new TestNamespace();
        queue = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", TestQueue.ON_NO_NODE))
                .open();
    }

    @AfterEach
    void close() {
        queue.close();
        namespace.close();
    }

    @Test
    void podThatFitsOnNoNodeSaysSo() throws Exception {
        queue.start(1, 1);

        PodView pod =
                queue.awaitPods(1, one -> one.reason().equals("Unschedulable")).get(0);
        assertThat(pod.phase()).isEqualTo(Phase.PENDING);
        assertThat(pod.message()).contains("node");
    }

    @Test
    void trackedPodThatIsDeletedByHandStaysUntilItsOutcomeIsWritten() throws Exception {
        queue.start(1, 1);
        pod(0).delete();

        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        assertThat(pod.phase()).isEqualTo(Phase.FAILED);
        assertThat(pod.reason()).isEqualTo("Deleted");
        assertThat(pod.disrupted()).isTrue();
        assertThat(pod.tracked()).isTrue();
    }

    @Test
    void podThatVanishesUnderALiveItemWasTakenAway() throws Exception {
        queue.start(1, 2);
        set(0, "Running");
        queue.awaitPods(1, one -> one.index() != 0 || one.phase() == Phase.RUNNING);
        removeByForce(0);

        queue.awaitPods(1, one -> one.index() != 0 || one.isTerminal() && !one.tracked());
        assertThat(queue.pods(1)).filteredOn(one -> one.index() == 0).allMatch(PodView::disrupted);
    }

    @Test
    void podThatVanishesAfterItSucceededHasSucceeded() throws Exception {
        queue.start(1, 1);
        set(0, "Succeeded");
        removeByForce(0);

        queue.awaitPods(1, one -> one.phase() == Phase.SUCCEEDED && !one.tracked());
    }

    @Test
    void vanishedPodLeavesWithItsItemsOutcome() throws Exception {
        BatchRecord record = queue.start(1, 1);
        removeByForce(0);
        queue.awaitPods(1, PodView::isTerminal);
        queue.end(record, ItemState.CANCELLED);

        assertThat(queue.cluster.observed().pods()).isEmpty();
    }

    @Test
    void runningPodOfAnEndedItemIsStoppedAndStaysUntilItHasEnded() throws Exception {
        BatchRecord record = queue.start(1, 2);
        set(0, "Running");
        set(1, "Succeeded");
        queue.awaitPods(1, one -> one.phase() != Phase.PENDING);
        BatchRecord ended = queue.write(record, ItemState.CANCELLED);
        queue.cluster.release(ended, queue.pods(1));

        assertThat(queue.pods(1)).extracting(PodView::phase).doesNotContain(Phase.SUCCEEDED);
        await().atMost(TestQueue.LONG)
                .untilAsserted(() -> assertThat(queue.pods(1)).isEmpty());
    }

    @Test
    void jobThatIsDeletedByHandIsMissingAndItsPodsAreNotAdoptedByNothing() throws Exception {
        BatchRecord record = queue.start(1, 1);
        namespace.job(OWNER + "-1").delete();

        await().atMost(TestQueue.LONG)
                .until(() -> queue.cluster.observed().jobs().isEmpty());
        assertThatThrownBy(() -> queue.cluster.startPod(record, 0, 1))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.GONE));
        queue.cluster.startJob(record);
        queue.cluster.startPod(record, 0, 1);
        assertThat(queue.pods(1)).extracting(PodView::attempt).contains(1);
    }

    @Test
    void suspendedJobIsSeen() throws Exception {
        queue.start(1, 1);
        namespace.job(OWNER + "-1").edit(job -> {
            job.getSpec().setSuspend(true);
            return job;
        });

        await().atMost(TestQueue.LONG)
                .until(() -> queue.cluster.observed().jobs().get(1).suspended());
    }

    @Test
    void deletedQueueIsSeen() {
        namespace.admin.configMaps().inNamespace(namespace.name).withName(OWNER).delete();

        await().atMost(TestQueue.LONG)
                .until(() -> queue.cluster.observed().run().deleted());
    }

    @Test
    void anotherManagerSeesTheSame() throws Exception {
        queue.start(1, 2);
        try (var other = new TestQueue(
                        namespace.client(), namespace.name, TestQueue.spec("videos", TestQueue.ON_NO_NODE))
                .open()) {
            assertThat(other.pods(1)).hasSize(2);
            removeByForce(1);

            other.awaitPods(1, one -> one.index() != 1 || one.isTerminal() && !one.tracked());
            assertThat(other.cluster.observed().records()).hasSize(1);
        }
    }

    @Test
    void queueThatWasDeletedByHandAndOpenedAgainBeginsFromNothing() throws Exception {
        queue.start(1, 2);
        queue.close();
        namespace.admin.configMaps().inNamespace(namespace.name).withName(OWNER).delete();

        queue = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", TestQueue.ON_NO_NODE))
                .open();

        await().atMost(TestQueue.LONG).untilAsserted(() -> {
            queue.cluster.sweep(Set.of(), List.of());
            assertThat(namespace.pods()).isEmpty();
            assertThat(queue.cluster.observed().records()).isEmpty();
            assertThat(queue.cluster.observed().pods()).isEmpty();
        });
        assertThat(queue.claim(1, 1).entries()).hasSize(1);
    }

    @Test
    void lookSeesWhatIsThereAndTakesNothing() throws Exception {
        queue.start(1, 2);
        try (var onlooker = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", ""));
                var stranger = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("other", ""))) {
            int before = namespace.writes().size();

            assertThat(stranger.cluster.look()).isFalse();
            assertThat(onlooker.cluster.look()).isTrue();
            assertThat(onlooker.pods(1)).hasSize(2);
            assertThat(onlooker.cluster.mayAct()).isFalse();
            assertThat(namespace.writes()).hasSize(before);

            onlooker.write(onlooker.cluster.observed().records().iterator().next(), ItemState.FAILED);
            await().atMost(TestQueue.LONG)
                    .until(() ->
                            queue.cluster.observed().records().iterator().next().isEnded());
        }
    }

    private PodResource pod(int index) {
        return namespace.admin.pods().inNamespace(namespace.name).withName(OWNER + "-1-" + index + "-0");
    }

    private void set(int index, String phase) {
        namespace.setPhase(OWNER + "-1-" + index + "-0", phase);
    }

    private void removeByForce(int index) {
        TestNamespace.insist(() -> pod(index).edit((Pod pod) -> {
            pod.getMetadata().setFinalizers(List.of());
            return pod;
        }));
        pod(index).withGracePeriod(0).delete();
    }
}
