package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import org.junit.jupiter.api.Test;

/** What is read of a pod with three stages, in statuses as a kubelet writes them. */
class StagesReadingTest {
    private static final String DONE_1 = terminated(
            "decode",
            "exitCode: 0, startedAt: '2026-11-24T12:00:02Z',"
                    + " finishedAt: '2026-11-24T12:00:05Z', message: decoded");
    private static final String DONE_2 = terminated(
            "transform",
            "exitCode: 0, startedAt: '2026-11-24T12:00:06Z'," + " finishedAt: '2026-11-24T12:00:09Z', message: scaled");
    private static final String RUNS_2 =
            "{name: transform, image: i, state: {running: {startedAt: '2026-11-24T12:00:06Z'}}}";
    private static final String WAITS_1 = waiting("decode", "PodInitializing", "");
    private static final String WAITS_2 = waiting("transform", "PodInitializing", "");
    private static final String WAITS_3 = waiting("worker", "PodInitializing", "");

    @Test
    void itRunsAsSoonAsItsFirstStageDoes() {
        String first = "{name: decode, image: i, state: {running: {startedAt: '2026-11-24T12:00:02Z'}}}";
        PodView view = view("Pending", first + "," + WAITS_2, WAITS_3);

        assertThat(view.phase()).isEqualTo(Phase.RUNNING);
        assertThat(view.started()).isEqualTo("2026-11-24T12:00:02Z");
        assertThat(view.message()).isEqualTo("stage decode, 1 of 3");
        assertThat(view.reason()).isEmpty();
        assertThat(view.waitsSince()).isNull();
    }

    @Test
    void nothingRunsBeforeThat() {
        PodView view = view("Pending", waiting("decode", "ErrImagePull", "not found") + "," + WAITS_2, WAITS_3);

        assertThat(view.phase()).isEqualTo(Phase.PENDING);
        assertThat(view.reason()).isEqualTo("ImagePullBackOff");
        assertThat(view.message()).isEqualTo("stage decode, 1 of 3: image i: not found");
        assertThat(view("Pending", WAITS_1 + "," + WAITS_2, WAITS_3).phase()).isEqualTo(Phase.PENDING);
    }

    @Test
    void theStageThatRunsIsToldAndTheStartStaysTheFirstOnes() {
        PodView second = view("Pending", DONE_1 + "," + RUNS_2, WAITS_3);
        assertThat(second.message()).isEqualTo("stage transform, 2 of 3");
        assertThat(second.started()).isEqualTo("2026-11-24T12:00:02Z");

        PodView third = view(
                "Running",
                DONE_1 + "," + DONE_2,
                "{name: worker, image: i, state: {running: {startedAt: '2026-11-24T12:00:10Z'}}}");
        assertThat(third.phase()).isEqualTo(Phase.RUNNING);
        assertThat(third.message()).isEqualTo("stage encode, 3 of 3");
        assertThat(third.started()).isEqualTo("2026-11-24T12:00:02Z");
    }

    @Test
    void betweenTwoStagesItRunsAndSaysWhatTheNextOneWaitsForSinceTheEndOfTheLast() {
        PodView view = view("Pending", DONE_1 + "," + waiting("transform", "ImagePullBackOff", "not found"), WAITS_3);

        assertThat(view.phase()).isEqualTo(Phase.RUNNING);
        assertThat(view.reason()).isEqualTo("ImagePullBackOff");
        assertThat(view.message()).isEqualTo("stage transform, 2 of 3: image i: not found");
        assertThat(view.waitsSince()).isEqualTo("2026-11-24T12:00:05Z");
        assertThat(view("Pending", DONE_1 + "," + WAITS_2, WAITS_3).message()).isEqualTo("stage transform, 2 of 3");
    }

    @Test
    void theStageThatFailedIsNamed() {
        String failed = terminated("transform", "exitCode: 3, finishedAt: '2026-11-24T12:00:08Z', message: why");
        PodView view = view("Failed", DONE_1 + "," + failed, WAITS_3);

        assertThat(view.phase()).isEqualTo(Phase.FAILED);
        assertThat(view.reason()).isEqualTo("ExitCode");
        assertThat(view.message()).isEqualTo("stage transform, 2 of 3: exit code 3");
        assertThat(view.result()).isEqualTo("why");
        assertThat(view.ended()).isEqualTo("2026-11-24T12:00:08Z");
    }

    @Test
    void aStageThatFailedStaysTheOneThatIsToldUntilThePodHasFailed() {
        String failed = terminated("transform", "exitCode: 3, finishedAt: '2026-11-24T12:00:08Z'");
        PodView view = view("Pending", DONE_1 + "," + failed, WAITS_3);

        assertThat(view.phase()).isEqualTo(Phase.RUNNING);
        assertThat(view.message()).isEqualTo("stage transform, 2 of 3: ended with exit code 3.");
        assertThat(view.waitsSince()).isNull();
    }

    @Test
    void theLastStagesFailureAndLimitAreToldAlike() {
        String outOfMemory = terminated("worker", "exitCode: 137, reason: OOMKilled");

        assertThat(view("Failed", DONE_1 + "," + DONE_2, outOfMemory).message())
                .isEqualTo("stage encode, 3 of 3: it was killed for want of memory, though it has no limit:"
                        + " its node had none left");
    }

    @Test
    void aTimeOutTellsTheStage() {
        assertThat(view("Failed, reason: DeadlineExceeded", DONE_1 + "," + RUNS_2, WAITS_3)
                        .message())
                .isEqualTo("The attempt took longer than its time-out of 60 s. It was in stage transform, 2 of 3.");
    }

    @Test
    void theResultIsTheLastStages() {
        String last = terminated("worker", "exitCode: 0, message: encoded, finishedAt: '2026-11-24T12:00:12Z'");
        PodView view = view("Succeeded", DONE_1 + "," + DONE_2, last);

        assertThat(view.result()).isEqualTo("encoded");
        assertThat(view.ended()).isEqualTo("2026-11-24T12:00:12Z");
        assertThat(view.started()).isEqualTo("2026-11-24T12:00:02Z");
    }

    @Test
    void logsAreThoseOfTheStagesSoFar() {
        assertThat(row("Pending", DONE_1 + "," + RUNS_2, WAITS_3).logs())
                .containsExactly(
                        new PodLog.Part("decode", "stage decode, 1 of 3"),
                        new PodLog.Part("transform", "stage transform, 2 of 3"));
    }

    private static String terminated(String name, String state) {
        return "{name: " + name + ", image: i, state: {terminated: {" + state + "}}}";
    }

    private static String waiting(String name, String reason, String message) {
        return "{name: " + name + ", image: i, state: {waiting: {reason: " + reason + ", message: '" + message + "'}}}";
    }

    private static PodView view(String phase, String init, String worker) {
        return row(phase, init, worker).view();
    }

    private static PodRow row(String phase, String init, String worker) {
        String yaml = """
                # YAML
                {apiVersion: v1, kind: Pod,
                 metadata: {name: p, uid: u, creationTimestamp: '2026-11-24T12:00:00Z',
                   annotations: {'%s': 'decode,transform,encode'}, labels: {'%s': '4', '%s': '2', '%s': '1'}},
                 spec: {nodeName: n, activeDeadlineSeconds: 60, initContainers: [{name: decode}, {name: transform}],
                   containers: [{name: worker}]},
                 status: {phase: %s, initContainerStatuses: [%s], containerStatuses: [%s]}}
                """.formatted(Keys.STAGES, Keys.BATCH, Keys.COMPLETION_INDEX, Keys.ATTEMPT, phase, init, worker);
        Pod pod = new KubernetesSerialization().unmarshal(yaml, Pod.class);
        return PodRow.of(pod).orElseThrow();
    }
}
