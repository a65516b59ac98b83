package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.Engine;
import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.QueueManager;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.SteadyClock;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemsSource;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole managers on queues of which people delete objects. The test plays the kubelet: the pods fit on no node. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class WholeLivesApiServerTest {
    private static final String OWNER = "tq-" + QueueId.of("videos");

    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(8, task -> Fanout.daemon(task, "whole-lives"));
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private TestNamespace namespace;
    private QueueManager manager;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
    }

    @AfterEach
    void close() {
        manager.close();
        namespace.close();
        threads.shutdownNow();
    }

    private void start(String... items) {
        QueueSpec spec = QueueSpec.builder("videos", TestQueue.worker(TestQueue.ON_NO_NODE, List.of(), "true"))
                .parallelism(items.length)
                .batchItems(1)
                .logs(false)
                .build();
        var connection = new KubernetesConnection(
                namespace::client, namespace.name, KubernetesSettings.DEFAULT, Clock.systemUTC());
        manager = new QueueManager(
                spec,
                ItemsSource.of(List.of(items)),
                new KubernetesCluster(connection, spec),
                null,
                new Engine(Clock.systemUTC(), new SteadyClock(), threads, threads, threads, events::add));
        manager.start();
    }

    private List<Pod> podsOf(String item) {
        return namespace.pods().stream()
                .filter(pod -> item.equals(pod.getMetadata().getAnnotations().get(Keys.ITEM_NAME)))
                .toList();
    }

    private void set(String item, String phase) {
        await().atMost(TestQueue.LONG).ignoreExceptions().until(() -> {
            namespace.setPhase(podsOf(item).get(0).getMetadata().getName(), phase);
            return true;
        });
    }

    private void awaitCount(ItemState state, int count) {
        await().atMost(TestQueue.LONG).until(() -> manager.status().count(state) == count);
    }

    private Status end() throws Exception {
        assertThat(manager.awaitEnd(TestQueue.LONG)).as("%s", manager.status()).isTrue();
        return manager.status();
    }

    @Test
    void aQueueThatWasDeletedWhileItsWorkersRanAndBegunAnewDoesItsOwnItemsOnly() throws Exception {
        start("old");
        awaitCount(ItemState.STARTING, 1);
        set("old", "Running");
        awaitCount(ItemState.RUNNING, 1);
        manager.close();
        namespace.admin.configMaps().inNamespace(namespace.name).withName(OWNER).delete();
        assertThat(podsOf("old")).hasSize(1);

        start("new");
        await().atMost(TestQueue.LONG)
                .until(() -> podsOf("new").size() == 1 && podsOf("old").isEmpty());
        assertThat(manager.status().count(ItemState.SUCCEEDED)).isZero();
        set("new", "Succeeded");

        assertThat(end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(namespace.pods()).isEmpty();
        assertThat(events).anyMatch(event -> event.toString().contains("left of an earlier queue"));
    }

    @Test
    void aRunEndsThoughItsJobWasOrphaned() throws Exception {
        start("a");
        awaitCount(ItemState.STARTING, 1);
        namespace
                .job(OWNER + "-1")
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();
        set("a", "Succeeded");

        assertThat(end().phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(end().items()).allMatch(item -> item.attempts() == 1);
        namespace.awaitNoPods();
        await().atMost(TestQueue.LONG).until(() -> namespace.jobs().isEmpty());
    }

    @Test
    void whatARecordLeavesThatSomebodyDeletesIsRemovedAndItsItemDoneAgain() throws Exception {
        start("a", "b");
        set("b", "Running"); // while all that is started waits for one reason nothing more is
        await().atMost(TestQueue.LONG).until(() -> podsOf("a").size() == 1);
        String lost = podsOf("a").get(0).getMetadata().getLabels().get(Keys.BATCH);
        namespace
                .admin
                .configMaps()
                .inNamespace(namespace.name)
                .withName(OWNER + "-" + lost)
                .delete();
        await().atMost(TestQueue.LONG)
                .until(() -> podsOf("a").stream()
                        .anyMatch(pod ->
                                !lost.equals(pod.getMetadata().getLabels().get(Keys.BATCH))));
        assertThat(podsOf("a")).hasSize(1);
        set("a", "Succeeded");
        set("b", "Succeeded");

        assertThat(end().count(ItemState.SUCCEEDED)).isEqualTo(2);
        namespace.awaitNoPods();
        await().atMost(TestQueue.LONG).until(() -> namespace.jobs().isEmpty());
    }

    @Test
    void aManagerThatIsClosedIsFollowedAtOnceAndNothingIsDoneTwice() throws Exception {
        start("a", "b");
        await().atMost(TestQueue.LONG).until(() -> namespace.pods().size() == 2);
        manager.close();
        set("a", "Succeeded");
        start("a", "b");
        set("b", "Succeeded");

        Status end = end();
        assertThat(end.count(ItemState.SUCCEEDED)).isEqualTo(2);
        assertThat(end.items()).allMatch(item -> item.attempts() == 1);
    }
}
