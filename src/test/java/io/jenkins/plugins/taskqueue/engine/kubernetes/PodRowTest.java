package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodRowTest {
    private static final String CREATED = "2026-11-24T12:00:00Z";
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        just created                | {}                                                                                      | PENDING   | ContainerCreating                   | false
        unschedulable               | {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: 0/3 nodes}]} | PENDING | Unschedulable | false
        being prepared              | {phase: Pending, containerStatuses: [{name: worker, image: i, state: {waiting: {reason: ContainerCreating}}}]} | PENDING | ContainerCreating | false
        no such image               | {phase: Pending, containerStatuses: [{name: worker, image: i, state: {waiting: {reason: ErrImagePull, message: not found}}}]} | PENDING | ImagePullBackOff | false
        image pull backs off        | {phase: Pending, containerStatuses: [{name: worker, image: i, state: {waiting: {reason: ImagePullBackOff}}}]} | PENDING | ImagePullBackOff | false
        bad image name              | {phase: Pending, containerStatuses: [{name: worker, image: i, state: {waiting: {reason: InvalidImageName}}}]} | PENDING | InvalidImageName | false
        missing Secret              | {phase: Pending, containerStatuses: [{name: worker, image: i, state: {waiting: {reason: CreateContainerConfigError, message: 'secret "s" not found'}}}]} | PENDING | CreateContainerConfigError | false
        init container's image      | {phase: Pending, initContainerStatuses: [{name: fetch, image: f, state: {waiting: {reason: ImagePullBackOff}}}], containerStatuses: [{name: worker, image: i, state: {waiting: {reason: PodInitializing}}}]} | PENDING | ImagePullBackOff | false
        only the sidecar runs       | {phase: Running, containerStatuses: [{name: side, image: s, state: {running: {}}}, {name: worker, image: i, state: {waiting: {reason: ErrImagePull}}}]} | PENDING | ImagePullBackOff | false
        running                     | {phase: Running, containerStatuses: [{name: worker, image: i, state: {running: {startedAt: '2026-11-24T12:00:02Z'}}}]} | RUNNING | '' | false
        running on a fake node      | {phase: Running, startTime: '2026-11-24T12:00:01Z'}                                      | RUNNING   | ''                     | false
        silent node                 | {phase: Unknown}                                                                         | RUNNING   | NodeNotReady           | false
        done                        | {phase: Succeeded, containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: 0}}}]} | SUCCEEDED | '' | false
        done on a fake node         | {phase: Succeeded}                                                                       | SUCCEEDED | ''                     | false
        failed on a fake node       | {phase: Failed}                                                                          | FAILED    | NeverStarted           | true
        exit code                   | {phase: Failed, containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: 3, reason: Error}}}]} | FAILED | ExitCode | false
        out of memory               | {phase: Failed, containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]} | FAILED | OOMKilled | false
        deadline                    | {phase: Failed, reason: DeadlineExceeded, containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: 137}}}]} | FAILED | DeadlineExceeded | false
        no such command             | {phase: Failed, containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: 128, reason: StartError, message: no such file}}}]} | FAILED | StartError | false
        init container failed       | {phase: Failed, initContainerStatuses: [{name: fetch, image: f, state: {terminated: {exitCode: 2}}}]} | FAILED | ExitCode | false
        evicted by the node         | {phase: Failed, reason: Evicted, message: The node was low on memory}                    | FAILED    | Evicted                | true
        own disk limit              | {phase: Failed, reason: Evicted, message: 'Usage of EmptyDir volume "x" exceeds the limit "1Mi"'} | FAILED | Evicted | false
        evicted through the API     | {phase: Failed, conditions: [{type: DisruptionTarget, status: 'True', reason: EvictionByEvictionAPI}], containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: 143}}}]} | FAILED | Evicted | true
        preempted                   | {phase: Failed, conditions: [{type: DisruptionTarget, status: 'True', reason: PreemptionByScheduler}]} | FAILED | Preempted | true
        lost node                   | {phase: Failed, conditions: [{type: DisruptionTarget, status: 'True', reason: DeletionByPodGC}]} | FAILED | NodeLost | true
        no disruption after all     | {phase: Failed, conditions: [{type: DisruptionTarget, status: 'False'}], containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: 3}}}]} | FAILED | ExitCode | false
        node shuts down             | {phase: Failed, reason: Terminated}                                                      | FAILED    | Terminated             | true
        refused by the node         | {phase: Failed, reason: OutOfcpu}                                                        | FAILED    | OutOfcpu               | true
        """)
    void phaseAndReasonComeFromTheStatus(String name, String status, Phase phase, String reason, boolean disrupted) {
        PodView view = view("node1", "", status);

        assertThat(view.phase()).isEqualTo(phase);
        assertThat(view.reason()).isEqualTo(reason);
        assertThat(view.disrupted()).isEqualTo(disrupted);
        assertThat(view.isTerminal()).isEqualTo(phase == Phase.SUCCEEDED || phase == Phase.FAILED);
        assertThat(view.ended() != null).isEqualTo(view.isTerminal());
    }

    @Test
    void timesAndResultAreThoseOfTheWorkersContainer() {
        PodView view = view("node1", "", """
                {phase: Succeeded,
                 conditions: [{type: PodScheduled, status: 'True', lastTransitionTime: '2026-11-24T12:00:01Z'}],
                 containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: 0, message: 3 thumbnails,
                   startedAt: '2026-11-24T12:00:02Z', finishedAt: '2026-11-24T12:00:05Z'}}}]}""");

        assertThat(view.created()).isEqualTo(CREATED);
        assertThat(view.waitsSince()).isNull();
        assertThat(view.started()).isEqualTo("2026-11-24T12:00:02Z");
        assertThat(view.ended()).isEqualTo("2026-11-24T12:00:05Z");
        assertThat(view.result()).isEqualTo("3 thumbnails");
        assertThat(view.tracked()).isTrue();
    }

    @Test
    void messagesSayWhatAndWhatToDo() {
        assertThat(failure("exitCode: 3").message()).isEqualTo("exit code 3");
        assertThat(failure("exitCode: 139").message()).isEqualTo("exit code 139 (SIGSEGV)");
        assertThat(failure("exitCode: 137, reason: OOMKilled").message()).contains("64Mi");
        assertThat(failure("exitCode: 128, reason: StartError, message: no such file")
                        .message())
                .isEqualTo("no such file");
        assertThat(failure("exitCode: 128, reason: StartError, message: no such file")
                        .result())
                .isEmpty();
        assertThat(waiting("CreateContainerConfigError", "container has runAsNonRoot and image will run as root")
                        .message())
                .contains("allow root");
        assertThat(waiting("ErrImagePull", "not found").message()).isEqualTo("Image acme/t:1: not found");
    }

    @Test
    void deletedWhileItRanIsADisruptionAndDeletedAfterwardsIsNot() {
        String status = "{phase: Failed, containerStatuses: [{name: worker, image: i, state: {terminated:"
                + " {exitCode: 143, finishedAt: '2026-11-24T12:00:05Z'}}}]}";
        String deletedBefore = "deletionTimestamp: '2026-11-24T12:00:34Z', deletionGracePeriodSeconds: 30,";
        String deletedAfter = "deletionTimestamp: '2026-11-24T12:00:36Z', deletionGracePeriodSeconds: 30,";

        assertThat(view("node1", deletedBefore, status).reason()).isEqualTo("Deleted");
        assertThat(view("node1", deletedBefore, status).disrupted()).isTrue();
        assertThat(view("node1", deletedAfter, status).reason()).isEqualTo("ExitCode");
        assertThat(view("node1", deletedAfter, status).disrupted()).isFalse();
    }

    @Test
    void podThatWasStoppedWithItsJobSaysSoWhileItEndsAndAfterwards() {
        String mark = "annotations: {task-queue.jenkins.io/suspended: 'true'},";
        String stopped = mark + "deletionTimestamp: '2026-11-24T12:00:34Z', deletionGracePeriodSeconds: 30,";

        assertThat(view("node1", mark, "{phase: Running}").isSuspended()).isFalse();
        assertThat(view("node1", stopped, "{phase: Running}").isSuspended()).isTrue();
        assertThat(view("", stopped, "{phase: Pending}").phase()).isEqualTo(Phase.FAILED);
        assertThat(view("", stopped, "{phase: Pending}").isSuspended()).isTrue();
        assertThat(view("node1", stopped, ended(143, "Error")).isSuspended()).isTrue();
        assertThat(view("node1", stopped, ended("Succeeded", 0, "Completed")).isSuspended())
                .isTrue();
        assertThat(view("node1", stopped, "{phase: Succeeded}").isSuspended()).isTrue();
        assertThat(view("node1", mark, ended(1, "Error")).reason()).isEqualTo("ExitCode");
        assertThat(PodRow.of(pod("node1", stopped, "{phase: Running}"))
                        .orElseThrow()
                        .vanished(Instant.parse("2026-11-24T13:00:00Z"))
                        .view()
                        .isSuspended())
                .isTrue();
    }

    @Test
    void afterTheKubeletsLastDeleteTheSignalTellsWhetherItWasStopped() {
        String lastDelete = "deletionTimestamp: '2026-11-24T12:00:09Z', deletionGracePeriodSeconds: 0,";

        assertThat(view("node1", lastDelete, ended(143, "Error")).reason()).isEqualTo("Deleted");
        assertThat(view("node1", lastDelete, ended(137, "Error")).disrupted()).isTrue();
        assertThat(view("node1", lastDelete, ended(137, "OOMKilled")).reason()).isEqualTo("OOMKilled");
        assertThat(view("node1", lastDelete, ended(1, "Error")).reason()).isEqualTo("ExitCode");
    }

    private static String ended(int exitCode, String reason) {
        return ended("Failed", exitCode, reason);
    }

    private static String ended(String phase, int exitCode, String reason) {
        return "{phase: " + phase + ", containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: "
                + exitCode + ", reason: " + reason + ", finishedAt: '2026-11-24T12:00:05Z'}}}]}";
    }

    @Test
    void podThatIsBeingDeletedIsNotTerminalWhileItMayRun() {
        String deletion = "deletionTimestamp: '2026-11-24T12:00:34Z', deletionGracePeriodSeconds: 30,";

        assertThat(view("node1", deletion, "{phase: Running}").phase()).isEqualTo(Phase.RUNNING);
        assertThat(view("node1", deletion, "{phase: Pending}").phase()).isEqualTo(Phase.PENDING);
        assertThat(view("", deletion, "{phase: Pending}").phase()).isEqualTo(Phase.FAILED);
        assertThat(view("", deletion, "{phase: Pending}").disrupted()).isTrue();
    }

    @Test
    void vanishedPodKeepsATerminalStateAndIsGoneElse() {
        Instant now = Instant.parse("2026-11-24T13:00:00Z");

        PodView running = PodRow.of(pod("node1", "", "{phase: Running}"))
                .orElseThrow()
                .vanished(now)
                .view();
        assertThat(running.phase()).isEqualTo(Phase.GONE);
        assertThat(running.reason()).isEqualTo("Deleted");
        assertThat(running.disrupted()).isTrue();
        assertThat(running.tracked()).isFalse();
        PodView done = PodRow.of(pod("node1", "", "{phase: Succeeded}"))
                .orElseThrow()
                .vanished(now)
                .view();
        assertThat(done.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(done.tracked()).isFalse();
    }

    @Test
    void resultIsAtMost4096BytesAtACharactersBoundary() {
        PodView view = view(
                "node1",
                "",
                "{phase: Succeeded, containerStatuses: [{name: worker, image: i, state: {terminated: {exitCode: 0, message: '"
                        + "ä".repeat(3000) + "'}}}]}");

        assertThat(view.result()).isEqualTo("ä".repeat(2048));
    }

    @Test
    void foreignPodIsNoAttempt() {
        Pod pod = pod("node1", "", "{phase: Running}");
        pod.getMetadata().getLabels().remove(Keys.ATTEMPT);

        assertThat(PodRow.of(pod)).isEmpty();
    }

    private static PodView failure(String terminated) {
        return view(
                "node1",
                "",
                "{phase: Failed, containerStatuses: [{name: worker, image: i, state: {terminated: {" + terminated
                        + "}}}]}");
    }

    private static PodView waiting(String reason, String message) {
        return view(
                "node1",
                "",
                "{phase: Pending, containerStatuses: [{name: worker, image: 'acme/t:1', state: {waiting: {reason: "
                        + reason + ", message: '" + message + "'}}}]}");
    }

    private static PodView view(String node, String metadata, String status) {
        return PodRow.of(pod(node, metadata, status)).orElseThrow().view();
    }

    private static Pod pod(String node, String metadata, String status) {
        String yaml = """
                {apiVersion: v1, kind: Pod,
                 metadata: {name: p, uid: u, creationTimestamp: '%s', finalizers: ['%s'], %s
                   labels: {'%s': '4', '%s': '2', '%s': '1'}},
                 spec: {nodeName: '%s', activeDeadlineSeconds: 60,
                   containers: [{name: worker, resources: {limits: {memory: 64Mi}}}]},
                 status: %s}
                """.formatted(
                CREATED, Keys.FINALIZER, metadata, Keys.BATCH, Keys.COMPLETION_INDEX, Keys.ATTEMPT, node, status);
        // fabric8 takes text that begins with a brace for JSON
        return SERIALIZATION.unmarshal("# YAML\n" + yaml, Pod.class);
    }
}
