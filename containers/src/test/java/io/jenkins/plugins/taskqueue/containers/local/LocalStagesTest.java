package io.jenkins.plugins.taskqueue.containers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.QueueSpecBuilder;
import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker of several stages, with real processes. */
class LocalStagesTest {
    @TempDir
    private Path directory;

    @Test
    void stagesFollowEachOtherOverOneDirectoryAndTheLastOnesResultCounts() throws Exception {
        try (LocalQueue queue = new LocalQueue(spec(
                        "echo \"$WORK_STAGE of $WORK_ITEM\" > $WORK_DIR/x; echo first > $WORK_RESULT_FILE",
                        "echo \"$WORK_STAGE saw $(cat $WORK_DIR/x) $OWN\"; cat $WORK_ITEM_FILE > $WORK_DIR/y",
                        "cat $WORK_DIR/x $WORK_DIR/y > $WORK_RESULT_FILE")
                .build())) {
            PodView end = queue.run("a");

            assertThat(end.phase()).as(end.message()).isEqualTo(Phase.SUCCEEDED);
            assertThat(end.result()).isEqualTo("s1 of a\n{\"of\":\"a\"}");
            assertThat(queue.logOf(end)).isEqualTo("""
                    === stage s1, 1 of 3 ===
                    === stage s2, 2 of 3 ===
                    s2 saw s1 of a only s2
                    === stage s3, 3 of 3 ===
                    """);
        }
    }

    @Test
    void theStageThatFailsIsNamedAndNoneFollowsIt() throws Exception {
        try (LocalQueue queue = new LocalQueue(
                spec("echo first > $WORK_RESULT_FILE", "echo broken; exit 3", "touch " + directory + "/third")
                        .build())) {
            PodView end = queue.run("a");

            assertThat(end.phase()).isEqualTo(Phase.FAILED);
            assertThat(end.reason()).isEqualTo("ExitCode");
            assertThat(end.message()).isEqualTo("stage s2, 2 of 3: exit code 3");
            assertThat(end.result()).isEmpty();
            assertThat(directory.resolve("third")).doesNotExist();
        }
    }

    @Test
    void theStageThatRunsIsTold() throws Exception {
        Path go = directory.resolve("go");
        try (LocalQueue queue = new LocalQueue(
                spec("true", "while [ ! -e " + go + " ]; do sleep 0.05; done").build())) {
            queue.start("a");
            await().untilAsserted(() -> assertThat(queue.pod(1).message()).isEqualTo("stage s2, 2 of 2"));
            assertThat(queue.pod(1).phase()).isEqualTo(Phase.RUNNING);
            Files.createFile(go);
            assertThat(queue.ended(1).phase()).isEqualTo(Phase.SUCCEEDED);
        }
    }

    @Test
    void theTimeOutIsThatOfAllStagesTogether() throws Exception {
        try (LocalQueue queue = new LocalQueue(
                spec("true", "sleep 600", "true").timeout(Duration.ofSeconds(1)).build())) {
            PodView end = queue.run("a");

            assertThat(end.reason()).isEqualTo("DeadlineExceeded");
            assertThat(end.message())
                    .isEqualTo("The attempt took longer than its time-out of 1 s." + " It was in stage s2, 2 of 3.");
        }
    }

    @Test
    void aStageWithoutACommandIsRefused() {
        Stage decode = new Stage("decode", "acme/decode:1", List.of(), List.of(), List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalWorker.of(
                        WorkerSpec.builder("").stages(List.of(decode)).build()))
                .withMessageContaining("need the stage decode's command");
    }

    private static QueueSpecBuilder spec(String... scripts) {
        List<Stage> stages = new ArrayList<>();
        for (String script : scripts) {
            String name = "s" + (stages.size() + 1);
            EnvVar own = EnvVar.literal("OWN", "only " + name);
            stages.add(new Stage(name, "", List.of("sh", "-c", script), List.of(), List.of(own)));
        }
        return QueueSpec.builder("videos", WorkerSpec.builder("").stages(stages).build());
    }
}
