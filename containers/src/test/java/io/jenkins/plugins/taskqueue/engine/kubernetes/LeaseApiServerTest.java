package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class LeaseApiServerTest {
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
    @SuppressWarnings("try") // closed by hand on purpose
    void onlyOneOfTwoManagersActsAndTheOtherFollowsWhenItIsClosed() throws Exception {
        try (var first = queue(namespace.client()).open();
                var second = queue(namespace.client()).open()) {
            assertThat(first.cluster.mayAct()).isTrue();
            assertThat(second.cluster.mayAct()).isFalse();
            assertThat(second.cluster.observed().run().id())
                    .isEqualTo(first.cluster.observed().run().id());

            first.claim(1, 2);
            await().atMost(TestQueue.LONG)
                    .untilAsserted(() ->
                            assertThat(second.cluster.observed().records()).hasSize(1));
            first.close();
            await().atMost(TestQueue.LONG).until(second.cluster::mayAct);
            assertThat(first.cluster.mayAct()).isFalse();
        }
    }

    @Test
    @SuppressWarnings("try") // closed by hand on purpose
    void managerThatCannotReachTheServerStopsActingBeforeAnotherBegins() throws Exception {
        KubernetesClient lost = namespace.client();
        try (var first = queue(lost).open();
                var second = queue(namespace.client()).open()) {
            assertThat(first.cluster.mayAct()).isTrue();

            lost.close();

            await().atMost(TestQueue.LONG).until(() -> {
                // asked in this order: the first must have stopped before the second began
                boolean secondActs = second.cluster.mayAct();
                assertThat(secondActs && first.cluster.mayAct()).isFalse();
                return secondActs;
            });
        }
    }

    @Test
    void stalledManagerActsOnlyAfterItHasObservedEverythingAnew() throws Exception {
        var nanos = new AtomicLong();
        var spec = TestQueue.spec("videos", "");
        try (var queue =
                new TestQueue(namespace.client(), namespace.name, spec, TestQueue.QUICK_LEASE, nanos::get).open()) {
            assertThat(queue.cluster.mayAct()).isTrue();
            namespace.requests.clear();

            nanos.addAndGet(TestQueue.QUICK_LEASE.lease().renewDeadline().toNanos());
            boolean actsWithoutALook =
                    queue.cluster.mayAct() && namespace.lists().size() < 3;

            assertThat(actsWithoutALook).isFalse();
            await().atMost(TestQueue.LONG).until(queue.cluster::mayAct);
            assertThat(namespace.lists()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void leaseOfADeadProcessOfThisMachineIsTakenAtOnce() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        Holder me = Holder.current();
        long start = process.info().startInstant().orElseThrow().toEpochMilli();
        var dead = new Holder(me.host(), me.where(), process.pid(), start, "x");
        process.destroyForcibly().waitFor();
        hold(dead.identity());

        try (var queue = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", "")).open()) {
            assertThat(queue.cluster.mayAct()).isTrue();
        }
    }

    @Test
    void leaseOfALivingProcessIsLeftAlone() throws Exception {
        Holder me = Holder.current();
        hold(me.identity());

        try (var queue = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", "")).open()) {
            assertThat(queue.cluster.mayAct()).isFalse();
        }
    }

    @Test
    void leaseThatWasDeletedByHandIsGotAgainAndEverythingObservedAnew() throws Exception {
        try (var queue = queue(namespace.client()).open()) {
            namespace.requests.clear();
            namespace
                    .admin
                    .leases()
                    .inNamespace(namespace.name)
                    .withName(name())
                    .delete();

            await().atMost(TestQueue.LONG).until(() -> !namespace.lists().isEmpty() && queue.cluster.mayAct());
            assertThat(namespace.lists()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void nextManagerGoesOnWithTheRunUntilItHasEnded() throws Exception {
        String run;
        try (var queue = queue(namespace.client()).open()) {
            run = queue.cluster.observed().run().id();
        }
        try (var queue = queue(namespace.client()).open()) {
            assertThat(queue.cluster.observed().run().id()).isEqualTo(run);
            queue.cluster.endRun();
            queue.cluster.endRun();
            assertThat(queue.cluster.observed().run().ended()).isTrue();
        }
        try (var queue = queue(namespace.client()).open()) {
            assertThat(queue.cluster.observed().run().id()).isGreaterThan(run);
            assertThat(queue.cluster.observed().run().ended()).isFalse();
        }
    }

    private TestQueue queue(KubernetesClient client) {
        return new TestQueue(client, namespace.name, TestQueue.spec("videos", ""), TestQueue.QUICK_LEASE);
    }

    private static String name() {
        return "tq-" + QueueId.of("videos");
    }

    private void hold(String identity) {
        namespace
                .admin
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(name())
                        .withNamespace(namespace.name)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(identity)
                        .withLeaseDurationSeconds(15)
                        .withRenewTime(ZonedDateTime.now())
                        .endSpec()
                        .build())
                .create();
    }
}
