package io.jenkins.plugins.taskqueue.containers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How one attempt ends, with real processes. */
class LocalAttemptTest {
    @TempDir
    private Path directory;

    @Test
    void exitCodeZeroSucceeds() throws Exception {
        try (LocalQueue queue = new LocalQueue("true")) {
            PodView end = queue.run("a");

            assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(end.reason()).isEmpty();
            assertThat(end.started()).isBetween(end.created(), end.ended());
        }
    }

    @Test
    void otherExitCodeFailsAndIsNamed() throws Exception {
        try (LocalQueue queue = new LocalQueue("echo broken >&2; exit 3")) {
            PodView end = queue.run("a");

            assertThat(end.phase()).isEqualTo(Phase.FAILED);
            assertThat(end.reason()).isEqualTo("ExitCode");
            assertThat(end.message()).isEqualTo("exit code 3");
            assertThat(end.disrupted()).isFalse();
            assertThat(queue.logOf(end)).isEqualTo("broken\n");
        }
    }

    @Test
    void signalIsNamed() throws Exception {
        try (LocalQueue queue = new LocalQueue("kill -SEGV $$")) {
            assertThat(queue.run("a").message()).isEqualTo("exit code 139 (killed by SIGSEGV)");
        }
    }

    @Test
    void resultIsCutToItsLimitAtACharacter() throws Exception {
        try (LocalQueue queue = new LocalQueue("printf 'x' > $WORK_RESULT_FILE;"
                + " for i in $(seq 3000); do printf 'é'; done >> $WORK_RESULT_FILE")) {
            assertThat(queue.run("a").result()).isEqualTo("x" + "é".repeat(2047));
        }
    }

    @Test
    void resultThatIsNoFileIsNone() throws Exception {
        try (LocalQueue queue = new LocalQueue("rm $WORK_RESULT_FILE; mkfifo $WORK_RESULT_FILE")) {
            PodView end = queue.run("a");

            assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(end.result()).isEmpty();
        }
    }

    @Test
    void dataIsReadOnlyAndGoneAfterwards() throws Exception {
        try (LocalQueue queue = new LocalQueue(
                "stat -c %a $WORK_ITEM_FILE; stat -c %a $(dirname $WORK_ITEM_FILE); echo $WORK_ITEM_FILE;"
                        + " mkdir -p $(dirname $WORK_ITEM_FILE)/left/behind")) {
            String[] lines = queue.logOf(queue.run("a")).split("\n");

            assertThat(lines).startsWith("400", "700");
            await().untilAsserted(
                            () -> assertThat(Path.of(lines[2]).getParent()).doesNotExist());
        }
    }

    @Test
    void attemptThatTakesTooLongIsAskedToEndAndFails() throws Exception {
        Path asked = directory.resolve("asked");
        String script = "trap 'touch " + asked + "; exit 0' TERM; sleep 60 & wait";
        try (LocalQueue queue = new LocalQueue(
                LocalQueue.spec(script).timeout(Duration.ofSeconds(1)).build())) {
            PodView end = queue.run("a");

            assertThat(end.phase()).isEqualTo(Phase.FAILED);
            assertThat(end.reason()).isEqualTo("DeadlineExceeded");
            assertThat(end.message()).isEqualTo("The attempt took longer than its time-out of 1 s.");
            assertThat(end.disrupted()).isFalse();
            assertThat(asked).exists();
        }
    }

    @Test
    void attemptThatIgnoresBeingAskedIsKilledWithAllItsChildren() throws Exception {
        Path pids = directory.resolve("pids");
        String script = "trap '' TERM; echo $$ >> " + pids + "; (setsid sh -c 'trap \"\" TERM; echo $$ >> " + pids
                + "; sleep 60; true' &) ; sleep 60; true";
        try (LocalQueue queue = new LocalQueue(
                LocalQueue.spec(script).timeout(Duration.ofSeconds(1)).build())) {
            assertThat(queue.run("a").reason()).isEqualTo("DeadlineExceeded");
            assertThat(Files.readAllLines(pids)).hasSize(2).allSatisfy(LocalAttemptTest::hasEnded);
        }
    }

    @Test
    void whatAWorkerLeavesRunningEndsWithIt() throws Exception {
        Path pids = directory.resolve("pids");
        try (LocalQueue queue = new LocalQueue("(setsid sh -c 'echo $$ > " + pids + "; sleep 60; true' &);"
                + " while ! [ -s " + pids + " ]; do sleep 0.05; done")) {
            assertThat(queue.run("a").phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(Files.readAllLines(pids)).hasSize(1).allSatisfy(LocalAttemptTest::hasEnded);
        }
    }

    static void hasEnded(String pid) {
        await().until(() -> ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .filter(LocalAttemptTest::isNoZombie)
                .isEmpty());
    }

    private static boolean isNoZombie(ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                    .contains(") Z ");
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
