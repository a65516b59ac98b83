package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.QueueSpecBuilder;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real pods on a real node. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
class WorkerClusterTest {
    private static final String AWKWARD = "a b/$(WORK_QUEUE) $$ $HOME \"'\\\n🎬";

    private TestNamespace namespace;
    private TestQueue queue;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
    }

    @AfterEach
    void close() {
        if (queue != null) {
            queue.close();
        }
        namespace.close();
    }

    @Test
    void workerGetsItsContractUnchanged() throws Exception {
        open(List.of(EnvVar.literal("MODE", "$(fast) $$")), "sh", "-c", """
                cat "$WORK_ITEM_FILE"; echo
                ls "${WORK_ITEM_FILE%/*}" | wc -l
                echo "$WORK_QUEUE|$WORK_ATTEMPT|$MODE|$(id -u)"
                touch "$WORK_ITEM_FILE" 2>/dev/null && echo WRITABLE
                printf '%s' "$WORK_ITEM" > "$WORK_RESULT_FILE"
                """);
        var items = List.of(
                new Claim.Item(AWKWARD, Instant.now(), "{\"path\":\"ä\"}", null),
                new Claim.Item("neighbour", Instant.now(), null, null));
        BatchRecord record =
                queue.cluster.claim(new Claim(1, queue.cluster.observed().run().id(), items));
        queue.cluster.startJob(record);
        queue.cluster.startPod(record, 0, 2);

        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        assertThat(pod.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(pod.result()).isEqualTo(AWKWARD);
        assertThat(pod.started()).isNotNull();
        assertThat(pod.ended()).isAfterOrEqualTo(pod.started());
        assertThat(queue.cluster.log(pod, 1000)).isEqualTo("{\"path\":\"ä\"}\n1\nvideos|2|$(fast) $$|1000\n");
    }

    @Test
    void failedWorkerTellsItsExitCodeAndTheEndOfItsLog() throws Exception {
        open(List.of(), "sh", "-c", "for i in $(seq 1 2000); do echo \"äöü line $i\"; done; exit 3");
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        assertThat(pod.reason()).isEqualTo("ExitCode");
        assertThat(pod.message()).isEqualTo("exit code 3");
        assertThat(pod.disrupted()).isFalse();
        String log = queue.cluster.log(pod, 1001);
        assertThat(log).endsWith("äöü line 2000\n").doesNotContain("\uFFFD");
        assertThat(log.getBytes(StandardCharsets.UTF_8).length).isBetween(990, 1001);
    }

    @Test
    void initContainersFailureAndLogAreTold() throws Exception {
        open(TestQueue.worker("""
                spec:
                  initContainers:
                    - {name: fetch, image: docker.io/task-queue/busybox:1, command: [sh, -c, echo nothing there; exit 4]}
                  securityContext: {runAsUser: 1000}
                """, List.of(), "true"));
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        assertThat(pod.message()).isEqualTo("container \"fetch\": exit code 4");
        assertThat(queue.cluster.log(pod, 1000)).isEqualTo("nothing there\n");
    }

    @Test
    void attemptThatTakesTooLongIsStopped() throws Exception {
        open(builder(TestQueue.worker("spec: {terminationGracePeriodSeconds: 1}", List.of(), "sleep", "600"))
                .timeout(Duration.ofSeconds(2))
                .build());
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        assertThat(pod.reason()).isEqualTo("DeadlineExceeded");
        assertThat(pod.message()).contains("2 s");
    }

    @Test
    void missingCommandIsTold() throws Exception {
        open(List.of(), "no-such-command");
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        assertThat(pod.message()).contains("no-such-command");
        assertThat(pod.result()).isEmpty();
    }

    @Test
    void missingImageIsTold() throws Exception {
        String neverPull = "spec: {containers: [{name: worker, imagePullPolicy: Never}]}";
        open(TestQueue.worker("docker.io/task-queue/none:1", TestQueue.AS_1000, neverPull, List.of(), "true"));
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, one -> one.reason().equals("ErrImageNeverPull"))
                .get(0);
        assertThat(pod.message()).contains("docker.io/task-queue/none:1");
        assertThatThrownBy(() -> queue.cluster.log(pod, 100))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.GONE));
    }

    @Test
    void missingSecretIsTold() throws Exception {
        open(List.of(EnvVar.secret("TOKEN", "no-such-secret", "key")), "true");
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, one -> one.reason().equals("CreateContainerConfigError"))
                .get(0);
        assertThat(pod.message()).contains("no-such-secret");
    }

    @Test
    void imageThatRunsAsRootIsToldWithWhatToDo() throws Exception {
        String asRoot = "spec: {containers: [{name: worker, securityContext: {runAsUser: 0}}]}";
        open(TestQueue.worker(TestQueue.IMAGE, WorkerSpec.Security.RESTRICTED, asRoot, List.of(), "true"));
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, one -> one.reason().equals("CreateContainerConfigError"))
                .get(0);
        assertThat(pod.message()).contains("allow root");
    }

    @Test
    void runningWorkerIsStoppedByRelease() throws Exception {
        open(TestQueue.worker("spec: {terminationGracePeriodSeconds: 1}", List.of(), "sleep", "600"));
        BatchRecord record = queue.start(1, 2);
        queue.awaitPods(1, one -> one.phase() == Phase.RUNNING);
        queue.end(record, ItemState.CANCELLED);

        namespace.awaitNoPods();
        await().atMost(TestQueue.LONG)
                .untilAsserted(() -> assertThat(queue.pods(1)).isEmpty());
    }

    @Test
    void podThatAStalledManagerCreatesAfterTheItemHasEndedNeverStarts() throws Exception {
        open(List.of(), "true");
        BatchRecord record = queue.claim(1, 2);
        queue.cluster.startJob(record);
        BatchRecord ended = queue.write(record, ItemState.SUCCEEDED);

        queue.cluster.startPod(record, 0, 1);

        await().atMost(TestQueue.LONG)
                .until(() -> namespace.admin.v1().events().inNamespace(namespace.name).list().getItems().stream()
                        .anyMatch(event -> "FailedMount".equals(event.getReason())
                                && event.getMessage().contains("non-existent config key: item-0")));
        assertThat(queue.pods(1)).singleElement().satisfies(pod -> {
            assertThat(pod.phase()).isEqualTo(Phase.PENDING);
            assertThat(pod.started()).isNull();
        });
        queue.cluster.release(ended, queue.pods(1));
        await().atMost(TestQueue.LONG)
                .untilAsserted(() -> assertThat(queue.pods(1)).isEmpty());
    }

    @Test
    void podThatIsDeletedWhileItRunsIsADisruption() throws Exception {
        open(TestQueue.worker("spec: {terminationGracePeriodSeconds: 1}", List.of(), "sleep", "600"));
        queue.start(1, 1);
        queue.awaitPods(1, one -> one.phase() == Phase.RUNNING);
        namespace.admin.pods().inNamespace(namespace.name).delete();

        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        assertThat(pod.reason()).isEqualTo("Deleted");
        assertThat(pod.disrupted()).isTrue();
        assertThat(pod.tracked()).isTrue();
    }

    private void open(List<EnvVar> env, String... command) throws Exception {
        open(TestQueue.worker("", env, command));
    }

    private void open(WorkerSpec worker) throws Exception {
        open(builder(worker).build());
    }

    private void open(QueueSpec spec) throws Exception {
        queue = new TestQueue(namespace.client(), namespace.name, spec).open();
    }

    private static QueueSpecBuilder builder(WorkerSpec worker) {
        return QueueSpec.builder("videos", worker);
    }
}
