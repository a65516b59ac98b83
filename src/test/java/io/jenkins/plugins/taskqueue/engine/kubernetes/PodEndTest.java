package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases.FORCED;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases.ON_NODE;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases.SIDECAR;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases.SILENT;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases.conditions;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases.failed;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases.init;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases.running;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases.succeeded;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.at;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.deleted;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.disrupted;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.ended;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.runs;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.kubernetes.PodEnd.Means;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each line of the table, and who comes before whom. */
class PodEndTest {
    @ParameterizedTest(name = "[{index}] {0}: {1}")
    @MethodSource("io.jenkins.plugins.taskqueue.engine.kubernetes.PodEndCases#lines")
    void eachLineIsReadAsItSays(PodEnd line, String reason, Pod pod) {
        PodView view = PodRow.of(pod).orElseThrow().view();

        assertThat(PodEnd.of(new PodFacts(pod, ToldToEnd.NEVER))).isEqualTo(line);
        assertThat(view.reason()).isEqualTo(reason);
        assertThat(view.phase()).isEqualTo(line.means == Means.DONE ? Phase.SUCCEEDED : Phase.FAILED);
        assertThat(view.disrupted()).isEqualTo(line.means == Means.TAKEN_AWAY);
        assertThat(view.ended()).isNotNull();
        if (line != PodEnd.SUCCEEDED && line != PodEnd.UNKNOWN) {
            assertThat(view.message()).isNotEmpty();
        }
    }

    @Test
    void everyLineIsTried() {
        List<PodEnd> tried =
                PodEndCases.lines().map(one -> (PodEnd) one.get()[0]).toList();

        assertThat(Arrays.asList(PodEnd.values()))
                .allSatisfy(line -> assertThat(tried).contains(line));
    }

    @Test
    void logAndResultAreTheWorkersThoughASidecarEndedWorse() {
        PodRow row = PodRow.of(PodYaml.pod(
                        "", SIDECAR, init(ended("mesh", 143, "Error", 25), ended("worker", 3, "Error", 20))))
                .orElseThrow();

        assertThat(row.view().message()).isEqualTo("exit code 3");
        assertThat(row.view().result()).isEqualTo("out");
        assertThat(row.logs()).containsExactly(new PodLog.Part("worker", ""));
    }

    @Test
    void anotherContainersBadEndIsToldAndNotBlamed() {
        String both = ended("worker", 0, "Completed", 20) + "," + ended("proxy", 1, "Error", 15);

        PodView view =
                PodRow.of(PodYaml.pod("", "", failed(both))).orElseThrow().view();

        assertThat(view.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(view.message()).isEqualTo("The container \"proxy\" ended with exit code 1.");
        assertThat(view.result()).isEqualTo("out");
    }

    @Test
    void whatTheKubeletReportedBeforeItKnewOfADeletionHadNotBeenToldToEnd() {
        String done = succeeded(ended("worker", 0, "Completed", 20));
        String deletion = "deletionTimestamp: " + at(21) + ", deletionGracePeriodSeconds: 0, generation: 2,";

        assertThat(end(PodYaml.pod(deletion, "", done.replace("{phase", "{observedGeneration: 1, phase"))))
                .isEqualTo(PodEnd.SUCCEEDED);
        assertThat(end(PodYaml.pod(deletion, "", done.replace("{phase", "{observedGeneration: 2, phase"))))
                .isEqualTo(PodEnd.DELETED);
    }

    @Test
    void whatWasDeletedLongAfterItsEndHadNotBeenToldToEndThoughAKubeletThatCameBackSaysNothingOfThat() {
        String done = succeeded(ended("worker", 0, "Completed", 20)).replace("{phase", "{observedGeneration: 2, phase");
        String late = "deletionTimestamp: " + at(51) + ", deletionGracePeriodSeconds: 0, generation: 2,";

        assertThat(end(PodYaml.pod(late, "", done))).isEqualTo(PodEnd.SUCCEEDED);
        assertThat(end(PodYaml.pod(late.replace(at(51), at(50)), "", done))).isEqualTo(PodEnd.DELETED);
    }

    @Test
    void whatWasSeenBeforeIsNotForgottenWhenTheKubeletSaysItsLast() {
        String lastDelete = "deletionTimestamp: " + at(25) + ", deletionGracePeriodSeconds: 0,";
        Pod over = PodYaml.pod(lastDelete, ON_NODE, failed(ended("worker", 1, "Error", 20)));
        PodRow asked = row(PodYaml.pod(deleted(15), ON_NODE, running("", runs("worker"))), null);
        PodRow askedLater = row(PodYaml.pod(deleted(21), ON_NODE, running("", runs("worker"))), null);
        PodRow endedFirst =
                row(PodYaml.pod("", SIDECAR, running("", ended("worker", 1, "Error", 20) + "," + runs("proxy"))), null);

        assertThat(row(over, asked).view().reason()).isEqualTo("Deleted");
        assertThat(row(over, askedLater).view().reason()).isEqualTo("ExitCode");
        assertThat(row(over, endedFirst).view().reason()).isEqualTo("ExitCode");
    }

    @Test
    void aForcedDeletionOfAPodWhoseWorkerHadEndedLosesNothing() {
        String both = ended("worker", 0, "Completed", 20) + "," + runs("proxy");
        Pod pod = PodYaml.pod(FORCED, ON_NODE, running(SILENT, both).replace("phase", "observedGeneration: 1, phase"));

        assertThat(end(pod)).isEqualTo(PodEnd.SUCCEEDED);
    }

    @Test
    void aPodThatWeDeletedForItsOtherContainersHadNotBeenToldToEnd() {
        String mark = "annotations: {'" + Keys.ENDED + "': 'true'},";
        String both = ended("worker", 0, "Completed", 20) + "," + ended("proxy", 137, "Error", 50);

        assertThat(end(PodYaml.pod(mark + deleted(20), ON_NODE, failed(both)))).isEqualTo(PodEnd.SUCCEEDED);
        assertThat(end(PodYaml.pod(
                        mark + deleted(20), ON_NODE, conditions(disrupted("TerminationByKubelet", 50), both))))
                .isEqualTo(PodEnd.DISRUPTED);
    }

    private static PodEnd end(Pod pod) {
        return PodEnd.of(new PodFacts(pod, ToldToEnd.NEVER));
    }

    private static PodRow row(Pod pod, PodRow earlier) {
        return PodRow.of(pod, earlier).orElseThrow();
    }
}
