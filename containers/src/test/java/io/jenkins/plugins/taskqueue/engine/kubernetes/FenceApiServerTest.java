package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.policy.Strays;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Numbers of batches: each is taken once, and what was made by it comes in time or never. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class FenceApiServerTest {
    private static final String OWNER = "tq-" + QueueId.of("videos");

    private TestNamespace namespace;
    private TestQueue queue;

    @BeforeEach
    void open() throws Exception {
        namespace = new TestNamespace();
        queue = queue(namespace.client()).open();
    }

    @AfterEach
    void close() {
        queue.close();
        namespace.close();
    }

    private TestQueue queue(KubernetesClient client) {
        return new TestQueue(
                client, namespace.name, TestQueue.spec("videos", TestQueue.ON_NO_NODE), TestQueue.QUICK_LEASE);
    }

    private Resource<ConfigMap> configMap(String name) {
        return namespace.admin.configMaps().inNamespace(namespace.name).withName(name);
    }

    private Observed.Run run() {
        return queue.cluster.observed().run();
    }

    @Test
    void aClaimThatStallsBeforeItsRecordIsMadeComesTooLate() throws Exception {
        var stall = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        queue.close();
        queue = queue(namespace.client(request -> {
                    if (request.matches("POST .*/configmaps")
                            && configMap(OWNER + "-1").get() == null
                            && claimed("1")) {
                        stall.countDown();
                    }
                    if (stall.getCount() == 0) {
                        await().atMost(TestQueue.LONG).until(() -> goesOn.getCount() == 0);
                    }
                }))
                .open();
        try (var other = queue(namespace.client()).open()) {
            CompletableFuture<Exception> stalled =
                    CompletableFuture.supplyAsync(() -> failure(() -> queue.claim(1, 2)));
            await().atMost(TestQueue.LONG).until(other.cluster::mayAct);
            assertThat(other.cluster.observed().run().claimed()).isEqualTo(1);
            assertThat(other.cluster.observed().run().settled()).isFalse();
            assertThatThrownBy(() -> other.claim(2, 1)).hasMessageContaining("before 2 was");

            other.cluster.settle();
            BatchRecord second = other.claim(2, 1);
            goesOn.countDown();

            assertThat(stalled.get())
                    .isInstanceOfSatisfying(
                            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
            assertThat(other.cluster.observed().records()).hasSize(2).contains(second);
            assertThat(other.cluster.observed().records().iterator().next().entries())
                    .isEmpty();
        }
    }

    private boolean claimed(String number) {
        ConfigMap owner = configMap(OWNER).get();
        return owner != null && number.equals(owner.getData().get("claimed"));
    }

    private static Exception failure(Callable<?> call) {
        try {
            call.call();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void aClaimOfWhoDoesNotActStartsNothing() throws Exception {
        try (var other = queue(namespace.client()).open()) {
            assertThatThrownBy(() -> other.claim(1, 1)).hasMessageContaining("Another manager acts");
        }
        assertThat(queue.claim(1, 1).number()).isEqualTo(1);
        assertThatThrownBy(() -> queue.claim(1, 1)).hasMessageContaining("before 1 was");
        assertThat(queue.claim(2, 1).number()).isEqualTo(2);
        assertThat(configMap(OWNER).get().getData()).containsEntry("claimed", "2");
    }

    @Test
    void theNumberOfADeletedRecordIsNotUsedAgain() throws Exception {
        queue.start(1, 2);
        configMap(OWNER + "-1").delete();
        await().atMost(TestQueue.LONG).until(() -> !run().settled());
        assertThat(run().claimed()).isEqualTo(1);

        assertThat(Strays.of(queue.cluster.observed()).isEmpty())
                .as("its record may be on its way")
                .isTrue();
        queue.cluster.settle();
        Strays strays = Strays.of(queue.cluster.observed());
        assertThat(strays.jobs()).containsExactly(1);
        assertThat(strays.pods()).hasSize(2);
        queue.cluster.sweep(strays.jobs(), strays.pods());
        assertThat(queue.claim(2, 1).number()).isEqualTo(2);

        namespace.awaitNoPods();
        await().atMost(TestQueue.LONG).until(() -> namespace.jobs().isEmpty());
    }

    @Test
    void aRunIsNotEndedByWhoHasNotSeenTheLastRecord() throws Exception {
        queue.claim(1, 1);
        configMap(OWNER + "-1").delete();
        await().atMost(TestQueue.LONG).until(() -> !run().settled());

        assertThatThrownBy(() -> queue.cluster.endRun()).hasMessageContaining("may have been claimed");
        queue.cluster.settle();
        queue.cluster.endRun();
        assertThat(run().ended()).isTrue();
        assertThatThrownBy(() -> queue.claim(2, 1)).hasMessageContaining("the run ended");
    }
}
