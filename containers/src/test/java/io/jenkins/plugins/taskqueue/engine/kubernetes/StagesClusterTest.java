package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pods of three stages on a real node, in a namespace that takes only restricted ones. */
@Tag("cluster")
class StagesClusterTest {
    private static final String FIRST = "echo one; echo \"$WORK_STAGE $WORK_ITEM\" > $WORK_DIR/seen";

    private TestNamespace namespace;
    private TestQueue queue;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
        namespace.restricted();
    }

    @AfterEach
    void close() {
        if (queue != null) {
            queue.close();
        }
        namespace.close();
    }

    @Test
    void stagesFollowEachOtherOverOneDirectoryAndTheLastOnesResultCounts() throws Exception {
        open(
                "",
                FIRST,
                "echo two; echo \"$WORK_STAGE $(cat $WORK_ITEM_FILE)\" >> $WORK_DIR/seen; echo no > $WORK_RESULT_FILE",
                "echo three; id -u; cat $WORK_DIR/seen > $WORK_RESULT_FILE");
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        assertThat(pod.phase()).as(pod.message()).isEqualTo(Phase.SUCCEEDED);
        assertThat(pod.result()).isEqualTo("s1 item 1/0\ns2 {\"n\":0}\n");
        assertThat(pod.ended()).isAfterOrEqualTo(pod.started());
        assertThat(queue.cluster.log(pod, 1000)).isEqualTo("""
                === stage s1, 1 of 3 ===
                one
                === stage s2, 2 of 3 ===
                two
                === stage s3, 3 of 3 ===
                three
                1000
                """);
    }

    @Test
    void theStageThatFailedIsNamedAndItsLogIsTheEnd() throws Exception {
        open("", FIRST, "for i in $(seq 1 500); do echo this is line number $i; done; exit 3", "true");
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, PodView::isTerminal).get(0);
        assertThat(pod.reason()).isEqualTo("ExitCode");
        assertThat(pod.message()).isEqualTo("stage s2, 2 of 3: exit code 3");
        assertThat(pod.disrupted()).isFalse();
        String log = queue.cluster.log(pod, 1000);
        assertThat(log)
                .startsWith("=== stage s1, 1 of 3 ===\none\n=== stage s2, 2 of 3 ===\n")
                .endsWith("this is line number 500\n");
        assertThat(log.length()).isBetween(900, 1000);
    }

    @Test
    void theStageThatRunsIsTold() throws Exception {
        open("spec: {terminationGracePeriodSeconds: 1}", "true", "sleep 600", "true");
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, one -> one.message().equals("stage s2, 2 of 3") && one.waitsSince() == null)
                .get(0);
        assertThat(pod.phase()).isEqualTo(Phase.RUNNING);
        assertThat(pod.started()).isNotNull();
    }

    @Test
    void aLaterStagesMissingImageIsToldWithTheTimeSinceWhenItIsMissed() throws Exception {
        open("spec: {initContainers: [{name: s2, imagePullPolicy: Never, image: i}]}", FIRST, null, "true");
        queue.start(1, 1);

        PodView pod = queue.awaitPods(1, one -> one.reason().equals("ErrImageNeverPull"))
                .get(0);
        assertThat(pod.phase()).isEqualTo(Phase.RUNNING);
        assertThat(pod.message()).startsWith("stage s2, 2 of 3: image docker.io/task-queue/none:1: ");
        assertThat(pod.waitsSince()).isAfterOrEqualTo(pod.started());
        assertThat(queue.cluster.log(pod, 1000)).isEqualTo("=== stage s1, 1 of 3 ===\none\n");
    }

    /** @param scripts one for each stage; null for an image that is nowhere */
    private void open(String podYaml, String... scripts) throws Exception {
        List<Stage> stages = new ArrayList<>();
        for (String script : scripts) {
            String image = script == null ? "docker.io/task-queue/none:1" : TestQueue.IMAGE;
            List<String> command = script == null ? List.of() : List.of("sh", "-c", script);
            stages.add(new Stage("s" + (stages.size() + 1), image, command, List.of(), List.of()));
        }
        WorkerSpec worker = WorkerSpec.builder("")
                .stages(stages)
                .security(TestQueue.AS_1000)
                .podYaml(podYaml)
                .build();
        QueueSpec spec = QueueSpec.builder("stages", worker).build();
        queue = new TestQueue(namespace.client(), namespace.name, spec).open();
    }
}
