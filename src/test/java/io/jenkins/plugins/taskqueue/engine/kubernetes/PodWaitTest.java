package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodWaitCases.NONE;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodWaitCases.ON_NODE;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodWaitCases.SIDECAR;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodWaitCases.status;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.deleted;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.ended;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.runs;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each line of the table of what goes on or waits. */
class PodWaitTest {
    @ParameterizedTest(name = "[{index}] {0}: {2}")
    @MethodSource("io.jenkins.plugins.taskqueue.engine.kubernetes.PodWaitCases#lines")
    void eachLineIsReadAsItSays(PodWait line, Phase phase, String reason, String message, Pod pod) {
        PodView view = PodRow.of(pod).orElseThrow().view();

        assertThat(PodWait.of(new PodFacts(pod, ToldToEnd.NEVER))).isEqualTo(line);
        assertThat(view.phase()).isEqualTo(phase);
        assertThat(view.reason()).isEqualTo(reason);
        assertThat(view.message()).contains(message);
        assertThat(view.ended()).isNull();
    }

    @Test
    void everyLineIsTried() {
        List<PodWait> tried =
                PodWaitCases.lines().map(one -> (PodWait) one.get()[0]).toList();

        assertThat(Arrays.asList(PodWait.values()))
                .allSatisfy(line -> assertThat(tried).contains(line));
    }

    @Test
    void otherContainersAreLeftOverOnceTheWorkerHasEndedAndNobodyHasToldThemToEnd() {
        String done = ended("worker", 0, "Completed", 9);

        assertThat(leftOver("", ON_NODE, done + "," + runs("proxy"))).isTrue();
        assertThat(leftOver("", ON_NODE, done + "," + waits("proxy", "ErrImagePull")))
                .isTrue();
        assertThat(leftOver(deleted(10), ON_NODE, done + "," + runs("proxy"))).isFalse();
        assertThat(leftOver("", ON_NODE, done + "," + ended("proxy", 1, "Error", 9)))
                .isFalse();
        assertThat(leftOver("", ON_NODE, runs("worker") + "," + runs("proxy"))).isFalse();
        assertThat(leftOver("", ON_NODE, ended("worker", 255, "Unknown", 9) + "," + runs("proxy")))
                .isFalse();
    }

    @Test
    void nativeSidecarsAreNotLeftOver() {
        Pod pod = PodYaml.pod(
                "",
                SIDECAR,
                status(NONE, ended("worker", 0, "Completed", 9))
                        .replace("{phase", "{initContainerStatuses: [" + runs("mesh") + "], phase"));

        assertThat(PodRow.of(pod).orElseThrow().view().leftOver()).isFalse();
        assertThat(PodRow.of(pod).orElseThrow().view().message()).contains("mesh");
    }

    @Test
    void nothingThatIsAbsentIsMissed() {
        assertThat(PodRow.of(PodYaml.pod("", "", "{conditions: [{type: DisruptionTarget, status: 'True'}]}")))
                .isPresent();
        assertThat(PodRow.of(
                        PodYaml.pod("", "", "{phase: Failed, conditions: null, containerStatuses: [{name: worker}]}")))
                .isPresent();
        assertThat(PodRow.of(PodYaml.pod("", "", "{containerStatuses: [{name: worker, state: {terminated: {}}}]}")))
                .isPresent();
        assertThat(PodRow.of(PodYaml.pod("annotations: null,", "initContainers: null,", "null")))
                .isPresent();
    }

    private static boolean leftOver(String metadata, String spec, String containers) {
        return PodRow.of(PodYaml.pod(metadata, spec, status(NONE, containers)))
                .orElseThrow()
                .view()
                .leftOver();
    }
}
