package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** A queue on a real API server, driven step by step as the loop would. */
final class TestQueue implements AutoCloseable {
    /** Bounds a wait that fails, on a machine that others press, too. */
    static final Duration LONG = Duration.ofMinutes(3);

    /** For tests in which a lease runs out. */
    static final KubernetesSettings QUICK_LEASE = new KubernetesSettings(
            ApiLimits.DEFAULT, new LeaseTimes(Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofMillis(500)));

    static final String IMAGE = "docker.io/task-queue/busybox:1";
    static final WorkerSpec.Security AS_1000 = new WorkerSpec.Security(1000L, false, false, false);
    /** A Pod that no node takes: the test plays the kubelet. */
    static final String ON_NO_NODE = "spec: {nodeSelector: {no-node: has-this}}";

    final KubernetesCluster cluster;
    final AtomicInteger changes = new AtomicInteger();

    TestQueue(KubernetesClient client, String namespace, QueueSpec spec) {
        this(client, namespace, spec, KubernetesSettings.DEFAULT);
    }

    TestQueue(KubernetesClient client, String namespace, QueueSpec spec, KubernetesSettings settings) {
        this(client, namespace, spec, settings, System::nanoTime);
    }

    TestQueue(
            KubernetesClient client,
            String namespace,
            QueueSpec spec,
            KubernetesSettings settings,
            LongSupplier nanos) {
        var connection = new KubernetesConnection(
                () -> client,
                namespace,
                settings,
                Clock.systemUTC(),
                nanos,
                new ObjectNames(spec.id(), spec.name()).labels());
        cluster = new KubernetesCluster(connection, spec);
    }

    TestQueue(KubernetesConnection connection, QueueSpec spec) {
        cluster = new KubernetesCluster(connection, spec);
    }

    static QueueSpec spec(String name, String podYaml) {
        return QueueSpec.builder(name, worker(podYaml, List.of(), "true")).build();
    }

    /** A worker of the cluster's test image, as a user other than root. */
    static WorkerSpec worker(String podYaml, List<EnvVar> env, String... command) {
        return worker(IMAGE, AS_1000, podYaml, env, command);
    }

    static WorkerSpec worker(
            String image, WorkerSpec.Security security, String podYaml, List<EnvVar> env, String... command) {
        return WorkerSpec.builder(image)
                .command(List.of(command))
                .env(env)
                .security(security)
                .podYaml(podYaml)
                .build();
    }

    TestQueue open() throws Exception {
        cluster.open(changes::incrementAndGet);
        return this;
    }

    BatchRecord claim(int number, int items) throws Exception {
        List<Claim.Item> claimed = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            claimed.add(new Claim.Item("item " + number + "/" + i, Instant.now(), "{\"n\":" + i + "}", null));
        }
        return cluster.claim(new Claim(number, cluster.observed().run().id(), claimed));
    }

    BatchRecord start(int number, int items) throws Exception {
        BatchRecord record = claim(number, items);
        cluster.startJob(record);
        for (int i = 0; i < items; i++) {
            cluster.startPod(record, i, 0);
        }
        return record;
    }

    List<PodView> pods(int batch) {
        return cluster.observed().pods().getOrDefault(batch, List.of());
    }

    List<PodView> awaitPods(int batch, Predicate<PodView> all) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(pods(batch)).isNotEmpty().allMatch(all));
        return pods(batch);
    }

    /** Writes one outcome for all items, and clears away as the loop does. */
    void end(BatchRecord record, ItemState state) throws Exception {
        BatchRecord ended = write(record, state);
        cluster.report(ended, pods(record.number()));
        cluster.release(ended, pods(record.number()));
        cluster.deleteJob(ended);
    }

    BatchRecord write(BatchRecord record, ItemState state) throws Exception {
        Map<Integer, Outcome> outcomes = new HashMap<>();
        record.entries()
                .forEach(entry -> outcomes.put(
                        entry.index(), new Outcome(state, "", "", 1, Instant.now(), Instant.now(), "r", "", false)));
        return cluster.write(record.withOutcomes(outcomes));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
