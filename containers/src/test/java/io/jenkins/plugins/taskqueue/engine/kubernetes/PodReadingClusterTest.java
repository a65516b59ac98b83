package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.QueueSpecBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a real kubelet writes of pods, against the lines by which they are read. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
class PodReadingClusterTest {
    private static final String GRACEFUL = "trap 'exit 0' TERM; while :; do sleep 0.2; done";
    private static final String SIDECAR = """
            spec:
              initContainers:
                - name: mesh
                  image: docker.io/task-queue/busybox:1
                  restartPolicy: Always
                  command: [sh, -c, "trap 'sleep 1; exit 143' TERM; while :; do sleep 0.2; done"]
              securityContext: {runAsUser: 1000}
            """;
    private static final String PROXY = """
            spec:
              terminationGracePeriodSeconds: 3
              containers:
                - {name: worker}
                - {name: proxy, image: docker.io/task-queue/busybox:1, command: [sh, -c, "%s"]}
              securityContext: {runAsUser: 1000}
            """;

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
    void aNativeSidecarsEndIsNotTheWorkers() throws Exception {
        start(SIDECAR, "echo the trouble; exit 3");

        PodView pod = end();
        assertThat(pod.message()).isEqualTo("exit code 3");
        assertThat(queue.cluster.log(pod, 1000)).isEqualTo("the trouble\n");
    }

    @Test
    void aWorkerBesideANativeSidecarThatEndsInOrderWhenItIsToldToIsTakenAway() throws Exception {
        start(SIDECAR, GRACEFUL);
        evict();

        PodView pod = end();
        assertThat(pod.reason()).isEqualTo("Evicted");
        assertThat(pod.disrupted()).isTrue();
    }

    @Test
    void whatGoesOnWhenTheWorkerHasEndedIsStoppedAndTheWorkersEndCounts() throws Exception {
        start(PROXY.formatted("while :; do sleep 1; done"), "printf done >$WORK_RESULT_FILE");
        PodView leftOver = queue.awaitPods(1, PodView::leftOver).get(0);
        assertThat(leftOver.message()).contains("exit code 0").contains("proxy");
        queue.cluster.stopPod(leftOver);

        PodView pod = end();
        assertThat(pod.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(pod.result()).isEqualTo("done");
    }

    @Test
    void anotherContainersBadEndIsToldAndNotBlamed() throws Exception {
        start(PROXY.formatted("exit 1"), "sleep 3");

        PodView pod = end();
        assertThat(pod.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(pod.message()).contains("proxy").contains("exit code 1");
    }

    @Test
    void whatEndedBeforeItsTimeOutIsDoneThoughItsPodIsNot() throws Exception {
        open(builder(PROXY.formatted("while :; do sleep 1; done"), "true")
                .timeout(Duration.ofSeconds(20))
                .build());

        PodView pod = end();
        assertThat(pod.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(namespace.pods())
                .allMatch(one -> "DeadlineExceeded".equals(one.getStatus().getReason()));
    }

    @Test
    void whatEndsInOrderAtItsTimeOutIsNotDone() throws Exception {
        open(builder("", GRACEFUL).timeout(Duration.ofSeconds(4)).build());

        assertThat(end().reason()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void aWorkerThatEndsInOrderWhenItIsEvictedIsTakenAway() throws Exception {
        start("", GRACEFUL);
        evict();

        PodView pod = end();
        assertThat(pod.reason()).isEqualTo("Evicted");
        assertThat(pod.disrupted()).isTrue();
        assertThat(namespace.pods())
                .allMatch(one -> "Succeeded".equals(one.getStatus().getPhase()));
    }

    @Test
    void aWorkerThatEndsInOrderWhenItsPodIsDeletedIsTakenAwayAlsoForAManagerThatComesLater() throws Exception {
        start("", GRACEFUL);
        queue.awaitPods(1, one -> one.phase() == Phase.RUNNING);
        namespace.admin.pods().inNamespace(namespace.name).delete();

        assertThat(end().reason()).isEqualTo("Deleted");
        awaitLastWord();
        assertThat(later().reason()).isEqualTo("Deleted");
    }

    @Test
    void whatWasDoneWhenItsPodWasDeletedIsDoneAlsoForAManagerThatComesLater() throws Exception {
        start("", "true");
        assertThat(end().phase()).isEqualTo(Phase.SUCCEEDED);
        namespace.admin.pods().inNamespace(namespace.name).delete();

        awaitLastWord();
        assertThat(later().phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void whatTheKubeletRefusesWasNeverStarted() throws Exception {
        String node =
                namespace.admin.nodes().list().getItems().get(0).getMetadata().getName();
        open(
                builder(
                                "spec: {nodeName: " + node + ", containers: [{name: worker, ports:"
                                        + " [{containerPort: 18778, hostPort: 18778}]}]}",
                                "sleep 600")
                        .build(),
                2);

        await().atMost(TestQueue.LONG).until(() -> queue.pods(1).stream().anyMatch(PodView::isTerminal));
        PodView pod =
                queue.pods(1).stream().filter(PodView::isTerminal).findFirst().orElseThrow();
        assertThat(pod.reason()).isEqualTo("NodePorts");
        assertThat(pod.disrupted()).isTrue();
        assertThat(pod.started()).isNull();
    }

    @Test
    void aVolumeThatCanNotBeMountedIsToldByItsEvents() throws Exception {
        start(
                "spec: {volumes: [{name: s, secret: {secretName: nosuch}}], containers: [{name: worker,"
                        + " volumeMounts: [{name: s, mountPath: /s}]}]}",
                "true");

        PodView pod =
                queue.awaitPods(1, one -> one.reason().equals("FailedMount")).get(0);
        assertThat(pod.message()).contains("secret \"nosuch\" not found");
        assertThat(pod.phase()).isEqualTo(Phase.PENDING);
    }

    @Test
    void withoutTheRightToEventsARowSaysSo() throws Exception {
        namespace
                .admin
                .rbac()
                .roles()
                .inNamespace(namespace.name)
                .withName("task-queue")
                .edit(role -> {
                    role.getRules()
                            .removeIf(rule -> Set.copyOf(rule.getResources()).equals(Set.of("events")));
                    return role;
                });
        start(
                "spec: {volumes: [{name: s, secret: {secretName: nosuch}}], containers: [{name: worker,"
                        + " volumeMounts: [{name: s, mountPath: /s}]}]}",
                "true");

        PodView pod =
                queue.awaitPods(1, one -> one.message().contains("list events")).get(0);
        assertThat(pod.reason()).isEqualTo("ContainerCreating");
    }

    @Test
    void aPodThatIsBeingDeletedSaysSoWhileItEnds() throws Exception {
        start("spec: {terminationGracePeriodSeconds: 5}", "trap '' TERM; while :; do sleep 0.2; done");
        evict();

        PodView pod = queue.awaitPods(1, one -> one.reason().equals("Evicted")).get(0);
        assertThat(pod.phase()).isEqualTo(Phase.RUNNING);
        assertThat(pod.message()).contains("being deleted");
        assertThat(end().reason()).isEqualTo("Evicted");
    }

    private void evict() {
        PodView pod = queue.awaitPods(1, one -> one.phase() == Phase.RUNNING).get(0);
        assertThat(namespace
                        .admin
                        .pods()
                        .inNamespace(namespace.name)
                        .withName(pod.name())
                        .evict())
                .isTrue();
    }

    private PodView end() {
        return queue.awaitPods(1, PodView::isTerminal).get(0);
    }

    /** Until the kubelet has said that all of it has ended, which overwrites when the deletion was asked for. */
    private void awaitLastWord() {
        await().atMost(TestQueue.LONG)
                .until(() -> namespace.pods().stream()
                        .allMatch(
                                pod -> Long.valueOf(0).equals(pod.getMetadata().getDeletionGracePeriodSeconds())));
    }

    /** The same pod for somebody who sees it for the first time. */
    private PodView later() {
        return PodRow.of(namespace.pods().get(0)).orElseThrow().view();
    }

    private void start(String podYaml, String script) throws Exception {
        open(builder(podYaml, script).build());
    }

    private void open(QueueSpec spec) throws Exception {
        open(spec, 1);
    }

    private void open(QueueSpec spec, int items) throws Exception {
        queue = new TestQueue(namespace.client(), namespace.name, spec).open();
        queue.start(1, items);
    }

    private static QueueSpecBuilder builder(String podYaml, String script) {
        return QueueSpec.builder("videos", TestQueue.worker(podYaml, List.of(), "sh", "-c", script));
    }
}
