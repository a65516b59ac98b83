package io.jenkins.plugins.taskqueue.containers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The contract of the port. */
class LocalClusterTest {

    @Test
    void claimIsSeenAtOnceAndItsNumberIsTaken() throws Exception {
        try (LocalQueue queue = new LocalQueue("true")) {
            BatchRecord record = queue.cluster.claim(LocalQueue.claim(1, "a", "b"));

            assertThat(queue.cluster.observed().records()).containsExactly(record);
            fails(Kind.CONFLICT, () -> queue.cluster.claim(LocalQueue.claim(1, "c")));
        }
    }

    @Test
    void writeOfAnOlderVersionIsAConflict() throws Exception {
        try (LocalQueue queue = new LocalQueue("true")) {
            BatchRecord record = queue.cluster.claim(LocalQueue.claim(1, "a", "b"));
            BatchRecord written = queue.cluster.write(record.withOutcomes(Map.of(0, outcome())));

            assertThat(queue.cluster.observed().records()).containsExactly(written);
            fails(Kind.CONFLICT, () -> queue.cluster.write(record.withOutcomes(Map.of(1, outcome()))));
        }
    }

    @Test
    void unchangedRecordsStayTheSameInstances() throws Exception {
        try (LocalQueue queue = new LocalQueue("true")) {
            BatchRecord first = queue.cluster.claim(LocalQueue.claim(1, "a"));
            queue.cluster.claim(LocalQueue.claim(2, "b"));

            assertThat(queue.cluster.observed().records()).first().isSameAs(first);
        }
    }

    @Test
    void podIsStartedOnceHoweverOftenItIsAskedFor() throws Exception {
        try (LocalQueue queue = new LocalQueue("echo once; sleep 0.2")) {
            BatchRecord record = queue.start("a");
            queue.cluster.startJob(record);
            queue.cluster.startPod(record, 0, 0);

            assertThat(queue.cluster.observed().pods().get(1)).hasSize(1);
            assertThat(queue.logOf(queue.ended(1))).isEqualTo("once\n");
        }
    }

    @Test
    void nextAttemptIsAPodOfItsOwn() throws Exception {
        try (LocalQueue queue = new LocalQueue("echo attempt $WORK_ATTEMPT; exit 1")) {
            BatchRecord record = queue.start("a");
            queue.ended(1);
            queue.cluster.startPod(record, 0, 1);

            await().until(() -> queue.cluster.observed().pods().get(1).stream().allMatch(PodView::isTerminal));
            PodView second = queue.cluster.observed().pods().get(1).get(1);
            assertThat(second.attempt()).isEqualTo(1);
            assertThat(second.message()).isEqualTo("exit code 1");
            assertThat(queue.logOf(second)).isEqualTo("attempt 1\n");
        }
    }

    @Test
    void itemThatHasItsOutcomeIsNotStarted() throws Exception {
        try (LocalQueue queue = new LocalQueue("true")) {
            BatchRecord record = queue.cluster.claim(LocalQueue.claim(1, "a"));
            queue.cluster.startJob(record);
            queue.cluster.write(record.withOutcomes(Map.of(0, outcome())));

            fails(Kind.CONFLICT, () -> queue.cluster.startPod(record, 0, 0));
        }
    }

    @Test
    void podNeedsItsJob() throws Exception {
        try (LocalQueue queue = new LocalQueue("true")) {
            BatchRecord record = queue.cluster.claim(LocalQueue.claim(1, "a"));

            fails(Kind.GONE, () -> queue.cluster.startPod(record, 0, 0));
        }
    }

    @Test
    void releasedPodIsGoneAndSoIsItsLog() throws Exception {
        try (LocalQueue queue = new LocalQueue("true")) {
            BatchRecord record = queue.start("a");
            PodView end = queue.ended(1);
            BatchRecord ended = queue.cluster.write(record.withOutcomes(Map.of(0, outcome())));
            queue.cluster.report(ended, List.of(end));
            assertThat(queue.cluster.observed().jobs().get(1).finished()).isTrue();
            queue.cluster.release(ended, List.of(end));
            queue.cluster.deleteJob(ended);

            assertThat(queue.cluster.observed().pods()).isEmpty();
            assertThat(queue.cluster.observed().jobs()).isEmpty();
            fails(Kind.GONE, () -> queue.cluster.log(end, 100));
        }
    }

    @Test
    void releasedWorkerIsStoppedAndSeenUntilItHasEnded() throws Exception {
        try (LocalQueue queue = new LocalQueue("trap '' TERM; echo ready; sleep 60; true")) {
            BatchRecord record = queue.start("a");
            await().until(() -> !queue.logOf(queue.pod(1)).isEmpty());
            queue.cluster.release(record, List.of(queue.pod(1)));

            assertThat(queue.pod(1).phase()).isEqualTo(Phase.RUNNING);
            assertThat(queue.pod(1).tracked()).isFalse();
            await().untilAsserted(
                            () -> assertThat(queue.cluster.observed().pods()).isEmpty());
        }
    }

    @Test
    void mergedRecordTakesThePlaceOfTheOnesItReplaces() throws Exception {
        try (LocalQueue queue = new LocalQueue("true")) {
            BatchRecord first = ended(queue, 1);
            BatchRecord second = ended(queue, 2);
            var entries = List.of(first.entries().get(0), second.entries().get(0));
            var merged = new BatchRecord(2, true, first.created(), entries, "");
            queue.cluster.merge(merged, List.of(first, second));

            assertThat(queue.cluster.observed().records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.entries()).isEqualTo(entries));
            var stored = queue.cluster.observed().records().iterator().next();
            assertThat(queue.cluster.write(stored).version()).isNotEqualTo(stored.version());
            fails(Kind.CONFLICT, () -> queue.cluster.claim(LocalQueue.claim(2, "c")));
        }
    }

    @Test
    void endedRunIsFollowedByANewOne() {
        try (LocalQueue queue = new LocalQueue("true")) {
            String run = queue.cluster.observed().run().id();
            queue.cluster.open(() -> {});
            assertThat(queue.cluster.observed().run().id()).isEqualTo(run);
            queue.cluster.endRun();
            assertThat(queue.cluster.observed().run().ended()).isTrue();
            queue.cluster.open(() -> {});

            assertThat(queue.cluster.observed().run().id()).isNotEqualTo(run);
        }
    }

    @Test
    void deletedQueueHasNothingLeft() throws Exception {
        try (LocalQueue queue = new LocalQueue("sleep 60")) {
            queue.start("a", "b");
            queue.cluster.delete();

            assertThat(queue.cluster.observed().run().deleted()).isTrue();
            assertThat(queue.cluster.observed().records()).isEmpty();
            assertThat(queue.cluster.observed().jobs()).isEmpty();
            await().untilAsserted(
                            () -> assertThat(queue.cluster.observed().pods()).isEmpty());
        }
    }

    @Test
    void closeEndsTheWorkersAndLeavesNoFiles() throws Exception {
        LocalQueue queue = new LocalQueue("echo $$; echo $WORK_ITEM_FILE; trap '' TERM; sleep 60; true");
        queue.start("a");
        await().until(() -> queue.logOf(queue.pod(1)).lines().count() == 2);
        String[] lines = queue.logOf(queue.pod(1)).split("\n");
        queue.close();

        assertThat(queue.pod(1).phase()).isEqualTo(Phase.FAILED);
        assertThat(queue.pod(1).disrupted()).isTrue();
        assertThat(ProcessHandle.of(Long.parseLong(lines[0]))).isEmpty();
        assertThat(java.nio.file.Path.of(lines[1]).getParent()).doesNotExist();
        assertThat(queue.cluster.mayAct()).isFalse();
    }

    private static BatchRecord ended(LocalQueue queue, int number) throws Exception {
        BatchRecord record = queue.cluster.claim(LocalQueue.claim(number, "item " + number));
        return queue.cluster.write(record.withOutcomes(Map.of(0, outcome())));
    }

    private static Outcome outcome() {
        return Outcome.withoutPod(ItemState.FAILED, "Test", "", LocalQueue.LISTED);
    }

    private static void fails(Kind kind, ThrowingCallable call) {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(call)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
