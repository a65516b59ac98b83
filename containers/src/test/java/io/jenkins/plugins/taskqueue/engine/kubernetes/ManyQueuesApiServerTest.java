package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.Engine;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.QueueManager;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.SharedThreads;
import io.jenkins.plugins.taskqueue.engine.SteadyClock;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemsSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many queues of one process, with the threads that Jenkins has for those of a cluster. */
@Tag("apiserver")
@Isolated("its threads are counted")
class ManyQueuesApiServerTest {
    private static final int QUEUES = Integer.getInteger("taskqueue.queues", 200);
    private static final int MOST_THREADS = 100;
    private static final int MOST_WATCHES = 10;
    private static final int MOST_WRITES_A_SECOND = 25;
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(4, task -> Fanout.daemon(task, "loop"));
    private final SharedThreads calls = new SharedThreads(16, task -> Fanout.daemon(task, "call"));
    private final SharedThreads fetches = new SharedThreads(12, task -> Fanout.daemon(task, "fetch"));
    private final List<QueueManager> managers = new ArrayList<>();
    private TestNamespace namespace;

    @BeforeEach
    void open() throws Exception {
        namespace = new TestNamespace();
        timer.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void close() {
        managers.forEach(QueueManager::close);
        timer.shutdownNow();
        calls.close();
        fetches.close();
        namespace.close();
    }

    @ParameterizedTest
    @EnumSource
    void twoHundredQueuesShareThreadsWatchesAndWritesAndOneMoreOpens(HttpClients http) {
        var connection = new KubernetesConnection(
                () -> namespace.client(namespace.admin.getConfiguration().getMasterUrl(), http),
                namespace.name,
                KubernetesSettings.DEFAULT,
                Clock.systemUTC());
        int mostThreads = 0;
        for (int i = 0; i < QUEUES; i++) {
            begin(connection, "queue " + i);
        }
        while (managers.stream().anyMatch(manager -> !isOpen(manager))) {
            mostThreads = Math.max(mostThreads, threads().size());
            pass(Duration.ofMillis(200));
        }
        begin(connection, "one more");
        await().atMost(TestQueue.LONG).until(() -> isOpen(managers.get(QUEUES)));
        await().atMost(TestQueue.LONG)
                .until(() ->
                        managers.stream().allMatch(manager -> manager.status().count(ItemState.STARTING) == 1));

        namespace.requests.clear();
        pass(IDLE);
        List<String> requests = List.copyOf(namespace.requests);
        Set<String> threads = threads();
        long watches = requests.stream()
                .filter(request -> request.contains("watch=true"))
                .map(request -> request.replaceAll("&resourceVersion=\\d+", ""))
                .distinct()
                .count();
        long writes =
                requests.stream().filter(request -> !request.startsWith("GET ")).count();
        System.out.println(
                "ManyQueuesApiServerTest " + http + ": " + managers.size() + " queues, threads " + threads.size()
                        + " idle and " + mostThreads + " while they were opened, " + watches + " watches, " + writes
                        + " writes in " + IDLE.toSeconds() + " s, " + requests.size() + " requests in all");

        assertThat(threads).hasSizeLessThanOrEqualTo(MOST_THREADS);
        assertThat(mostThreads).isLessThanOrEqualTo(MOST_THREADS);
        assertThat(watches).isLessThanOrEqualTo(MOST_WATCHES);
        assertThat(writes / IDLE.toSeconds()).isLessThanOrEqualTo(MOST_WRITES_A_SECOND);
        assertThat(managers).allMatch(manager -> manager.failure().isEmpty());
    }

    private void begin(KubernetesConnection connection, String name) {
        QueueSpec spec = QueueSpec.builder(name, TestQueue.worker(TestQueue.ON_NO_NODE, List.of(), "true"))
                .logs(false)
                .build();
        var engine =
                new Engine(Clock.systemUTC(), new SteadyClock(), timer, calls.share(12), fetches.share(8), event -> {});
        var manager = new QueueManager(
                spec, ItemsSource.of(List.of("an item")), new KubernetesCluster(connection, spec), null, engine);
        managers.add(manager);
        manager.start();
    }

    private static boolean isOpen(QueueManager manager) {
        return manager.lastPass().isAfter(Instant.MIN);
    }

    private Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(thread -> thread.getName() + " " + thread.getId())
                .collect(Collectors.toSet());
    }

    /** Real seconds: what is counted happens by time. */
    private static void pass(Duration time) {
        await().timeout(time.plusSeconds(30)).pollDelay(time).until(() -> true);
    }
}
