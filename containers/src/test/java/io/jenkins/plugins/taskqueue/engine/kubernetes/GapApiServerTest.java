package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("apiserver")
@Isolated("everybody's API server")
class GapApiServerTest {
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
    void watchWhoseVersionTheServerNoLongerHasListsAnew() throws Exception {
        Set<String> seen = new ConcurrentSkipListSet<>();
        var lists = new AtomicInteger();
        var gate = new ApiGate(ApiLimits.DEFAULT, namespace.name, System::nanoTime);
        var api = new KubernetesApi(new Transport(namespace::client), namespace.name, gate);
        var watched = new Watched<>(
                api,
                ConfigMap.class,
                Map.of("of", "test"),
                new Watched.Audience<>(
                        queue -> true,
                        () -> {
                            lists.incrementAndGet();
                            return api.list(
                                    ConfigMap.class,
                                    Map.of("of", "test"),
                                    page -> page.forEach(
                                            map -> seen.add(map.getMetadata().getName())));
                        },
                        (map, deleted) -> seen.add(map.getMetadata().getName()),
                        () -> {}),
                Watched.SECONDS,
                System::nanoTime);
        create("before");

        watched.start("1"); // which no server has any more
        await().atMost(TestQueue.LONG).until(() -> seen.contains("before"));
        create("watched-again");
        await().atMost(TestQueue.LONG).until(() -> seen.contains("watched-again"));
        assertThat(lists).hasValue(1);
        watched.close();
        api.close();
    }

    @Test
    void queueGoesOnAfterTheApiServerWasRestarted() throws Exception {
        Assumptions.assumeTrue(System.getenv("TASKQUEUE_CLUSTER") != null, "no cluster of scripts/cluster");
        try (var queue = new TestQueue(
                        namespace.client(),
                        namespace.name,
                        TestQueue.spec("videos", TestQueue.ON_NO_NODE),
                        TestQueue.QUICK_LEASE)
                .open()) {
            BatchRecord record = queue.start(1, 2);
            cluster("stop", "kube-apiserver", "--kill");
            await().atMost(TestQueue.LONG).until(() -> !queue.cluster.mayAct());
            cluster("start", "kube-apiserver");

            await().atMost(TestQueue.LONG).until(queue.cluster::mayAct);
            assertThat(queue.pods(1)).hasSize(2).noneMatch(PodView::isTerminal);
            namespace.admin.pods().inNamespace(namespace.name).delete();
            await().atMost(TestQueue.LONG).until(() -> queue.pods(1).stream().allMatch(PodView::isTerminal));
            queue.end(record, ItemState.CANCELLED);
            assertThat(queue.cluster.observed().pods()).isEmpty();
        }
    }

    private void create(String name) {
        namespace
                .admin
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("of", "test")
                        .withNamespace(namespace.name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static void cluster(String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of("scripts/cluster"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--name", System.getenv("TASKQUEUE_CLUSTER")));
        int code = new ProcessBuilder(command)
                .directory(Path.of(System.getProperty("taskqueue.home")).toFile())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }
}
