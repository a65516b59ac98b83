package io.jenkins.plugins.taskqueue.containers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec.Security;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalWorkerTest {

    @Test
    void workerGetsTheVariablesOfTheContract() throws Exception {
        try (LocalQueue queue = new LocalQueue("echo \"$WORK_ITEM|$WORK_QUEUE|$WORK_ATTEMPT\"; cat $WORK_ITEM_FILE")) {
            PodView end = queue.run("a $(HOME) \"b\" 🎬");

            assertThat(queue.logOf(end)).isEqualTo("a $(HOME) \"b\" 🎬|videos|0\n{\"of\":\"a $(HOME) \"b\" 🎬\"}");
        }
    }

    @Test
    void workerGetsItsOwnVariablesUnexpanded() throws Exception {
        var worker = worker(List.of("sh", "-c", "echo \"$SIZE\""), List.of(EnvVar.literal("SIZE", "$(WORK_ITEM) $X")));
        try (LocalQueue queue = new LocalQueue(spec(worker))) {
            assertThat(queue.logOf(queue.run("a"))).isEqualTo("$(WORK_ITEM) $X\n");
        }
    }

    @Test
    void unknownCommandIsAReasonWithASentence() throws Exception {
        try (LocalQueue queue = new LocalQueue(spec(worker(List.of("no-such-worker"), List.of())))) {
            PodView end = queue.run("a");

            assertThat(end.phase()).isEqualTo(Phase.FAILED);
            assertThat(end.reason()).isEqualTo("StartError");
            assertThat(end.message())
                    .isEqualTo("The command no-such-worker was not found: install it, or give its path, such as"
                            + " ./no-such-worker.");
            assertThat(end.disrupted()).isFalse();
        }
    }

    @Test
    void fileThatCannotBeExecutedIsAReasonWithASentence() throws Exception {
        try (LocalQueue queue = new LocalQueue(spec(worker(List.of("/etc/passwd"), List.of())))) {
            assertThat(queue.run("a").message())
                    .isEqualTo("The command /etc/passwd can't be executed: make it so with \"chmod +x\".");
        }
    }

    @Test
    void workerWithoutACommandIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalWorker.of(WorkerSpec.worker("image")))
                .withMessageContaining("give it after \"--\"");
    }

    @Test
    void valueFromASecretIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalWorker.of(
                        worker(List.of("true"), List.of(EnvVar.secret("PASSWORD", "store", "password")))))
                .withMessage("The variable PASSWORD comes from the Secret store, which local processes can't read:"
                        + " give it a value with --env PASSWORD=VALUE.");
    }

    @Test
    void settingsOfAClusterAreRefusedByName() {
        var worker = WorkerSpec.builder("image")
                .command(List.of("true"))
                .requests(Map.of("cpu", "1"))
                .serviceAccount("robot")
                .security(new Security(1000L, false, false, false))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalWorker.of(worker))
                .withMessage("Local processes have no resource requests, no service account, no security settings:"
                        + " leave these settings out, or run on a cluster without --local.");
    }

    private static QueueSpec spec(WorkerSpec worker) {
        return QueueSpec.builder("videos", worker).build();
    }

    private static WorkerSpec worker(List<String> command, List<EnvVar> env) {
        return WorkerSpec.builder("").command(command).env(env).build();
    }
}
