package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.QueueId;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Queues that are closed while others of their connection are open, or are opened later. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class TenureApiServerTest {
    private static final String OWNER = "tq-" + QueueId.of("videos");

    private final AtomicInteger changes = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private TestNamespace namespace;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        namespace.close();
    }

    @Test
    void aClosedQueueIsNotHeldThoughItsConnectionRestsOrHoldsALeaseForOthers() throws Exception {
        var nanos = new AtomicLong();
        var connection = new KubernetesConnection(
                namespace::client,
                namespace.name,
                TestQueue.QUICK_LEASE,
                Clock.systemUTC(),
                nanos::get,
                Map.of(Keys.MANAGED_BY, Keys.TASK_QUEUE));
        var closed = new TestQueue(connection, TestQueue.spec("videos", "")).open();
        assertThat(closed.cluster.mayAct()).isTrue();
        try (var other = new TestQueue(connection, TestQueue.spec("others", "")).open()) {
            nanos.addAndGet(TestQueue.QUICK_LEASE.lease().renewDeadline().toNanos());
            closed.close();
            await().atMost(TestQueue.LONG).until(other.cluster::mayAct);
            assertThat(closed.cluster.mayAct()).isFalse();
        }
        assertThat(closed.cluster.mayAct()).isFalse();

        try (var other = new TestQueue(connection, TestQueue.spec("others", "")).open()) {
            assertThat(other.cluster.mayAct()).isTrue();
            assertThat(closed.cluster.mayAct()).isFalse();
            closed.close();
            assertThat(other.cluster.mayAct()).isTrue();
        }
    }

    @Test
    @SuppressWarnings("try") // closed by hand on purpose
    void aQueueThatIsClosedWhileItIsTakenIsGivenUp() throws Exception {
        var connection = new KubernetesConnection(
                () -> namespace.client(this::holdUp), namespace.name, TestQueue.QUICK_LEASE, Clock.systemUTC());
        try (var other = new TestQueue(connection, TestQueue.spec("others", "")).open();
                var first = new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", "")).open();
                var second = new TestQueue(connection, TestQueue.spec("videos", "")).open()) {
            first.close();
            await().atMost(TestQueue.LONG).until(() -> asked.getCount() == 0);
            second.close();
            goOn.countDown();

            await().atMost(TestQueue.LONG).until(() -> changes.get() == 2);
            await().atMost(TestQueue.LONG).until(() -> holder().isEmpty());
        }
    }

    @Test
    void whoOpensAQueueTakesItAlone() throws Exception {
        var connection = new KubernetesConnection(
                () -> namespace.client(this::holdUp), namespace.name, TestQueue.QUICK_LEASE, Clock.systemUTC());
        try (var other = new TestQueue(connection, TestQueue.spec("others", "")).open();
                var opening = new TestQueue(connection, TestQueue.spec("videos", ""))) {
            var opened = CompletableFuture.supplyAsync(() -> {
                try {
                    return opening.open().cluster.mayAct();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(TestQueue.LONG).until(() -> asked.getCount() == 0);
            namespace.requests.clear();
            await().atMost(TestQueue.LONG)
                    .until(() -> namespace.requests.stream()
                                    .filter(request -> request.startsWith("PUT "))
                                    .count()
                            >= 4);
            assertThat(other.cluster.mayAct()).isTrue();
            assertThat(changes)
                    .as("tries to take it while that was looked after")
                    .hasValue(1);

            goOn.countDown();
            assertThat(opened.get()).isTrue();
        }
    }

    private void holdUp(String request) {
        if (request.startsWith("PATCH ") && request.endsWith(OWNER)) {
            changes.incrementAndGet();
            asked.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String holder() {
        return namespace
                .admin
                .configMaps()
                .inNamespace(namespace.name)
                .withName(OWNER)
                .get()
                .getData()
                .get("holder");
    }
}
