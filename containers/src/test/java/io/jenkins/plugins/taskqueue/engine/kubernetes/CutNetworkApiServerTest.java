package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.Engine;
import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.QueueManager;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.SteadyClock;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemsSource;
import io.jenkins.plugins.taskqueue.engine.kubernetes.CutNetwork.Cut;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A queue whose network is cut at random moments of a run, in each way and with each HTTP library. The property {@code
 * taskqueue.cuts} has how many seconds each cut lasts, and {@code taskqueue.moments} how many of each there are.
 */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class CutNetworkApiServerTest {
    /** From the network's return; half of it is for a machine that others press. */
    private static final Duration GOES_ON = Duration.ofSeconds(Integer.getInteger("taskqueue.goes-on", 60));

    private static final int PARALLELISM = 4;
    private static final String RUNS_A_SECOND = "metadata: {annotations: {task-queue-test/run-for: 1s}}";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private TestNamespace namespace;
    private CutNetwork network;
    private QueueManager manager;

    @BeforeEach
    void open() throws Exception {
        namespace = new TestNamespace();
        network = new CutNetwork(
                URI.create(namespace.admin.getConfiguration().getMasterUrl()).getPort());
    }

    @AfterEach
    void close() throws Exception {
        if (manager != null) {
            manager.close();
        }
        network.close();
        timer.shutdownNow();
        threads.shutdownNow();
        namespace.close();
    }

    static Stream<Arguments> cuts() {
        return Stream.of(HttpClients.values())
                .flatMap(http -> Stream.of(Cut.SWALLOW, Cut.RESET, Cut.STALL).map(cut -> Arguments.of(http, cut)))
                .filter(one -> one.get()[1].toString().matches(System.getProperty("taskqueue.cut", ".*")))
                .filter(one -> one.get()[0].toString().matches(System.getProperty("taskqueue.client", ".*")));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    @Execution(ExecutionMode.CONCURRENT)
    void queueGoesOnByItselfAndDoesEachItemOnce(HttpClients http, Cut cut) throws Exception {
        long seed = Long.getLong("taskqueue.seed", System.nanoTime());
        System.out.println("CutNetworkApiServerTest " + http + " " + cut + ": -Dtaskqueue.seed=" + seed);
        var random = new Random(seed);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            items.add("item " + i);
        }
        manager = manager(http, items);
        manager.start();
        await().atMost(TestQueue.LONG).until(() -> ended(manager) > 0);
        List<Long> back = new ArrayList<>();
        for (String seconds : System.getProperty("taskqueue.cuts", "1,10").split(",")) {
            for (int i = 0; i < Integer.getInteger("taskqueue.moments", 1); i++) {
                pass(Duration.ofMillis(random.nextInt(4_000)));
                network.cut(cut);
                pass(Duration.ofSeconds(Long.parseLong(seconds)));
                int before = ended(manager);
                network.cut(Cut.NONE);
                long begin = System.nanoTime();
                // so many that one of them at least was started after the cut
                await().atMost(GOES_ON).until(() -> ended(manager) > before + PARALLELISM);
                back.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            }
        }
        System.out.println("CutNetworkApiServerTest " + http + " " + cut + ": went on after ms " + back);
        manager.cancel();
        assertThat(manager.awaitEnd(TestQueue.LONG)).isTrue();

        Map<ItemState, Integer> counts = manager.status().counts();
        assertThat(counts.get(ItemState.FAILED)).as(counts.toString()).isZero();
        assertThat(events.stream().filter(Event.Retrying.class::isInstance)).isEmpty();
        assertThat(manager.failure()).isEmpty();
    }

    private static int ended(QueueManager manager) {
        return manager.status().count(ItemState.SUCCEEDED);
    }

    private QueueManager manager(HttpClients http, List<String> items) {
        QueueSpec spec = QueueSpec.builder("videos", TestQueue.worker(RUNS_A_SECOND, List.of(), "true"))
                .parallelism(PARALLELISM)
                .logs(false)
                .build();
        var connection = KubernetesConnection.of(
                spec.id(),
                () -> namespace.client(network.url(), http),
                namespace.name,
                KubernetesSettings.DEFAULT,
                Clock.systemUTC());
        return new QueueManager(
                spec,
                ItemsSource.of(items),
                new KubernetesCluster(connection, spec),
                null,
                new Engine(Clock.systemUTC(), new SteadyClock(), timer, threads, threads, events::add));
    }

    /** Real seconds: what is tried is that connections and leases outlive them. */
    private static void pass(Duration time) {
        await().timeout(time.plusSeconds(30)).pollDelay(time).until(() -> true);
    }
}
