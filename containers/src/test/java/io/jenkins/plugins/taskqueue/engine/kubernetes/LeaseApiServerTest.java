package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
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
    @SuppressWarnings("try") // closed by hand on purpose
    void whoTakesAQueueActsOnlyAfterItHasObservedEverythingAnew() throws Exception {
        try (var first = queue(namespace.client()).open();
                var second = queue(namespace.client()).open()) {
            namespace.requests.clear();
            first.close();
            await().atMost(TestQueue.LONG).until(second.cluster::mayAct);

            assertThat(namespace.lists()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void managerThatStalledActsAgainWhereNobodyTookItsQueueAndElseLooksOn() throws Exception {
        var nanos = new AtomicLong();
        var spec = TestQueue.spec("videos", "");
        try (var queue =
                new TestQueue(namespace.client(), namespace.name, spec, TestQueue.QUICK_LEASE, nanos::get).open()) {
            nanos.addAndGet(TestQueue.QUICK_LEASE.lease().renewDeadline().toNanos());
            await().atMost(TestQueue.LONG).until(queue.cluster::mayAct);

            hold(Holder.current().queue(1));
            await().atMost(TestQueue.LONG).until(() -> !queue.cluster.mayAct());
            assertThatThrownBy(() -> queue.claim(1, 1)).hasMessageContaining("Another manager acts");
        }
    }

    @Test
    void aLeaseSaysSinceWhenItIsHeldWithoutABreak() throws Exception {
        var nanos = new AtomicLong();
        var spec = TestQueue.spec("videos", "");
        try (var queue =
                new TestQueue(namespace.client(), namespace.name, spec, TestQueue.QUICK_LEASE, nanos::get).open()) {
            LeaseSpec first = lease();
            await().atMost(TestQueue.LONG).until(() -> lease().getRenewTime().isAfter(first.getRenewTime()));
            assertThat(lease().getAcquireTime()).isEqualTo(first.getAcquireTime());

            nanos.addAndGet(TestQueue.QUICK_LEASE.lease().renewDeadline().toNanos());
            await().atMost(TestQueue.LONG).until(queue.cluster::mayAct);
            assertThat(lease().getAcquireTime()).isAfter(first.getRenewTime());
        }
    }

    @Test
    void queuesOfADeadProcessOfThisMachineAreTakenAtOnce() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        Holder me = Holder.current();
        long start = process.info().startInstant().orElseThrow().toEpochMilli();
        var dead = new Holder(me.host(), me.where(), process.pid(), start, "x");
        process.destroyForcibly().waitFor();
        queue(namespace.client()).open().close();
        hold(dead.queue(1));

        try (var queue = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", "")).open()) {
            assertThat(queue.cluster.mayAct()).isTrue();
            assertThat(leases()).hasSize(1).doesNotContain(dead.lease());
        }
    }

    @Test
    void queueOfALivingProcessIsLeftAlone() throws Exception {
        queue(namespace.client()).open().close();
        hold(Holder.current().queue(1));

        try (var queue = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", "")).open()) {
            assertThat(queue.cluster.mayAct()).isFalse();
        }
    }

    @Test
    void queueWhoseManagersLeaseIsNotThereIsTaken() throws Exception {
        queue(namespace.client()).open().close();
        name(Holder.current().queue(1).identity());

        try (var queue = queue(namespace.client()).open()) {
            assertThat(queue.cluster.mayAct()).isTrue();
        }
    }

    @Test
    void leaseThatWasDeletedByHandComesAgain() throws Exception {
        try (var queue = queue(namespace.client()).open()) {
            namespace.admin.leases().inNamespace(namespace.name).delete();

            await().atMost(TestQueue.LONG).until(() -> leases().size() == 1);
            assertThat(queue.cluster.mayAct()).isTrue();
        }
    }

    @Test
    void aProcessRenewsOneLeaseForAllItsQueues() throws Exception {
        var connection =
                new KubernetesConnection(namespace::client, namespace.name, TestQueue.QUICK_LEASE, Clock.systemUTC());
        List<TestQueue> queues = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            queues.add(new TestQueue(connection, TestQueue.spec(name, "")).open());
        }
        assertThat(queues).allMatch(queue -> queue.cluster.mayAct());
        assertThat(leases()).hasSize(1);
        namespace.requests.clear();
        // Watches come when they want; what is written while nothing happens is that lease.
        await().atMost(TestQueue.LONG).until(() -> changes().size() >= 4);
        String renewal = "PUT .*/leases/" + leases().get(0);
        assertThat(changes()).allMatch(request -> request.matches(renewal));

        // Two builds of a Jenkins may use the same queue: only one of them acts.
        try (var again = new TestQueue(connection, TestQueue.spec("a", "")).open()) {
            assertThat(again.cluster.mayAct()).isFalse();
            queues.forEach(TestQueue::close);
            await().atMost(TestQueue.LONG).until(again.cluster::mayAct);
        }
        assertThat(leases()).isEmpty();
    }

    @Test
    void leaseGoesWithTheQueuesOfADeadProcess() throws Exception {
        KubernetesClient lost = namespace.client();
        queue(lost).open();
        assertThat(leases()).hasSize(1);
        namespace
                .admin
                .configMaps()
                .inNamespace(namespace.name)
                .withName(owner())
                .delete();
        lost.close();

        await().atMost(TestQueue.LONG).until(() -> leases().isEmpty());
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

    private static String owner() {
        return "tq-" + QueueId.of("videos");
    }

    private List<String> changes() {
        return namespace.requests.stream()
                .filter(request -> !request.startsWith("GET "))
                .toList();
    }

    private List<String> leases() {
        return namespace.admin.leases().inNamespace(namespace.name).list().getItems().stream()
                .map(lease -> lease.getMetadata().getName())
                .toList();
    }

    private LeaseSpec lease() {
        return namespace
                .admin
                .leases()
                .inNamespace(namespace.name)
                .list()
                .getItems()
                .get(0)
                .getSpec();
    }

    /** Names a manager in the owner object. */
    private void name(String manager) {
        namespace
                .admin
                .configMaps()
                .inNamespace(namespace.name)
                .withName(owner())
                .edit(map ->
                        new ConfigMapBuilder(map).addToData("holder", manager).build());
    }

    private void hold(Holder manager) {
        namespace
                .admin
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(manager.lease())
                        .withNamespace(namespace.name)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(manager.identity())
                        .withLeaseDurationSeconds(15)
                        .withRenewTime(ZonedDateTime.now())
                        .endSpec()
                        .build())
                .create();
        name(manager.identity());
    }
}
