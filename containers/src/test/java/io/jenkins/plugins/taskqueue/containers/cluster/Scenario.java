package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** One queue on the real cluster: its source, its workers' ledger, and the journal of what the API server saw. */
final class Scenario implements AutoCloseable {
    final TestCluster cluster;
    final Ledgers ledgers = new Ledgers();
    final ItemServer source;
    final PodJournal journal;
    private final int parallelism;
    private final List<ManagerProcess> managers = new ArrayList<>();

    Scenario(int items, int parallelism) throws Exception {
        this(new TestCluster(), items, parallelism);
    }

    /** On this cluster, which is closed at the end. */
    Scenario(TestCluster cluster, int items, int parallelism) throws Exception {
        this.cluster = cluster;
        this.parallelism = parallelism;
        source = new ItemServer(items);
        journal = new PodJournal(cluster);
    }

    /** Starts a manager of the queue, whose workers take so long. */
    ManagerProcess manager(String seconds, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--once", "--queue", "scenario", "--poll", "1s", "--source", source.url(), "--image"));
        arguments.addAll(List.of(TestCluster.image(), "--parallelism", Integer.toString(parallelism)));
        arguments.addAll(List.of("--namespace", cluster.namespace, "--kubeconfig", cluster.kubeconfig.toString()));
        arguments.addAll(List.of("--volume", ledgers.volume()));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--", "sh", "-c", Ledgers.worker(seconds)));
        ManagerProcess manager = ManagerProcess.start(arguments);
        managers.add(manager);
        return manager;
    }

    /** Runs a command of the same queue, such as {@code status}, to its end. */
    ManagerProcess command(String verb, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(verb, "--queue", "scenario", "--namespace"));
        arguments.addAll(List.of(cluster.namespace, "--kubeconfig", cluster.kubeconfig.toString()));
        arguments.addAll(List.of(more));
        ManagerProcess process = ManagerProcess.start(arguments);
        process.exitCode();
        return process;
    }

    /** Waits until so many items are done, by their workers' own account. */
    void awaitDone(int items) {
        Awaitility.await()
                .atMost(TestCluster.LONG)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ledgers.lines().size() >= items);
    }

    void awaitRunning(int pods) {
        Awaitility.await()
                .atMost(TestCluster.LONG)
                .until(() -> cluster.admin.pods().inNamespace(cluster.namespace).list().getItems().stream()
                                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                                .count()
                        >= pods);
    }

    /** Every item was done once, by its worker's account and the API server's, and never too many at once. */
    void everyItemWasDoneOnce() throws IOException {
        Map<String, Integer> once = source.names().stream().collect(Collectors.toMap(name -> name, name -> 1));
        assertThat(ledgers.lines()).containsExactlyInAnyOrderEntriesOf(once);
        assertThat(journal.successes()).containsExactlyInAnyOrderEntriesOf(once);
        parallelismHeld();
    }

    void parallelismHeld() {
        assertThat(journal.mostAtOnce()).as("items started and not ended").isLessThanOrEqualTo(parallelism);
    }

    /** {@code delete} removes everything that the queue has in the namespace. */
    void deleteLeavesNothing() throws IOException, InterruptedException {
        ManagerProcess delete = command("delete");
        assertThat(delete.exitCode()).as(delete.output() + delete.errors()).isZero();
        Awaitility.await()
                .atMost(TestCluster.LONG)
                .untilAsserted(() -> assertThat(cluster.leftovers()).isEmpty());
    }

    @Override
    public void close() throws IOException {
        managers.forEach(ManagerProcess::close);
        journal.close();
        source.close();
        cluster.close();
    }
}
