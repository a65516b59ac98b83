package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class RemovalApiServerTest {
    /** Nobody answers for this node: its pods end only when they are removed by force. */
    private static final String ON_A_DEAD_NODE = """
            spec:
              nodeName: dead
              terminationGracePeriodSeconds: 1
              tolerations: [{operator: Exists}]
            """;

    private TestNamespace namespace;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void deleteLeavesNothing() throws Exception {
        try (var queue = queue("").open()) {
            BatchRecord done = queue.start(1, 2);
            queue.awaitPods(1, PodView::isTerminal);
            queue.end(done, ItemState.SUCCEEDED);
            queue.start(2, 2);
            queue.claim(3, 1);

            queue.cluster.delete();

            assertThat(queue.cluster.mayAct()).isFalse();
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void deleteWorksWhileTheNodeIsDead() throws Exception {
        try (var queue = queue(ON_A_DEAD_NODE).open()) {
            queue.start(1, 2);
            namespace.pods().forEach(pod -> namespace.setPhase(pod.getMetadata().getName(), "Running"));

            queue.cluster.delete();
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void deleteNeedsNoOpenQueueAndHasTheEffectOfOnceWhenDoneTwice() throws Exception {
        try (var queue = queue(TestQueue.ON_NO_NODE).open()) {
            queue.start(1, 2);
        }
        try (var other = queue("")) {
            assertThat(other.cluster.look()).isTrue();
            other.cluster.delete();
            other.cluster.delete();
            assertThat(other.cluster.look()).isFalse();
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void mergedRecordReplacesTheOnesInIt() throws Exception {
        try (var queue = queue("").open()) {
            List<BatchRecord> ended = new ArrayList<>();
            List<Entry> entries = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                ended.add(queue.write(queue.claim(number, 2), ItemState.SUCCEEDED));
                ended.get(number - 1)
                        .entries()
                        .forEach(entry ->
                                entries.add(entry.withOutcome(entry.outcome().summary())));
            }
            BatchRecord live = queue.claim(4, 1);
            var merged = new BatchRecord(3, true, ended.get(0).created(), entries, "");
            int before = namespace.writes().size();

            queue.cluster.merge(merged, ended);
            assertThat(namespace.writes()).hasSize(before + 2);
            queue.cluster.merge(merged, ended);

            await().atMost(TestQueue.LONG)
                    .untilAsserted(() -> assertThat(queue.cluster.observed().records())
                            .hasSize(2)
                            .contains(live));
            BatchRecord first = queue.cluster.observed().records().iterator().next();
            assertThat(first.merged()).isTrue();
            assertThat(first.entries()).isEqualTo(entries);
            try (var other = queue("")) {
                assertThat(other.cluster.look()).isTrue();
                assertThat(other.cluster.observed().records())
                        .extracting(BatchRecord::number)
                        .containsExactly(3, 4);
            }
        }
    }

    @Test
    void aMergedRecordThatLacksAnEntryReplacesNothing() throws Exception {
        try (var queue = queue("").open()) {
            List<BatchRecord> ended = new ArrayList<>();
            List<Entry> entries = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                ended.add(queue.write(queue.claim(number, 1), ItemState.SUCCEEDED));
                entries.addAll(ended.get(number - 1).entries());
            }
            var other = new BatchRecord(3, true, ended.get(0).created(), entries.subList(1, 3), "");
            queue.cluster.merge(other, ended.subList(1, 2));
            var merged = new BatchRecord(3, true, ended.get(0).created(), entries, "");

            assertThatThrownBy(() -> queue.cluster.merge(merged, ended))
                    .isInstanceOfSatisfying(
                            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));

            try (var onlooker = queue("")) {
                onlooker.cluster.look();
                assertThat(onlooker.cluster.observed().records())
                        .extracting(BatchRecord::number, BatchRecord::merged)
                        .containsExactly(tuple(1, false), tuple(3, false), tuple(3, true));
            }
        }
    }

    @Test
    void recordInWhichAPersonAskedForARetryWasDoneIsDeletedByAMergeUnlessItHasChanged() throws Exception {
        try (var queue = queue("").open()) {
            BatchRecord failed = queue.write(queue.claim(1, 2), ItemState.FAILED);
            BatchRecord asked = queue.cluster.write(failed.withRetries(entry -> entry.index() == 0));
            var merged = new BatchRecord(1, true, failed.created(), failed.entries(), "");
            queue.cluster.write(asked.withRetries(entry -> entry.index() == 1));
            queue.cluster.merge(merged, List.of(asked));
            await().atMost(TestQueue.LONG)
                    .untilAsserted(
                            () -> assertThat(queue.cluster.observed().records()).hasSize(2));

            BatchRecord now = queue.cluster.observed().records().iterator().next();
            queue.cluster.merge(merged, List.of(now));
            await().atMost(TestQueue.LONG)
                    .untilAsserted(() -> assertThat(queue.cluster.observed().records())
                            .singleElement()
                            .matches(BatchRecord::merged));
        }
    }

    @Test
    void recordInWhichAPersonAskedForARetryIsNotDeletedByAMerge() throws Exception {
        try (var queue = queue("").open()) {
            BatchRecord ended = queue.write(queue.claim(1, 1), ItemState.FAILED);
            BatchRecord retry = queue.cluster.write(new BatchRecord(
                    1,
                    false,
                    ended.created(),
                    List.of(new Entry(
                            1,
                            0,
                            ended.entries().get(0).run(),
                            ended.entries().get(0).name(),
                            ended.entries().get(0).listed(),
                            ended.entries().get(0).outcome().withRetry())),
                    ended.version()));

            queue.cluster.merge(new BatchRecord(1, true, ended.created(), ended.entries(), ""), List.of(ended));

            try (var other = queue("")) {
                other.cluster.look();
                assertThat(other.cluster.observed().records()).contains(retry);
            }
            assertThat(queue.cluster.observed().records()).contains(retry);
        }
    }

    private TestQueue queue(String podYaml) {
        return new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", podYaml));
    }

    private List<HasMetadata> left() {
        List<HasMetadata> left = new ArrayList<>();
        await().atMost(TestQueue.LONG).until(() -> namespace.jobs().isEmpty());
        left.addAll(namespace.pods());
        left.addAll(namespace.admin.leases().inNamespace(namespace.name).list().getItems());
        left.addAll(namespace
                .admin
                .configMaps()
                .inNamespace(namespace.name)
                .withLabel(Keys.MANAGED_BY)
                .list()
                .getItems());
        return left;
    }
}
