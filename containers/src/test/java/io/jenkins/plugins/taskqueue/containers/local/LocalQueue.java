package io.jenkins.plugins.taskqueue.containers.local;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.QueueSpecBuilder;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A queue on local processes, driven step by step: what its worker does is a shell script. */
final class LocalQueue implements AutoCloseable {
    static final Instant LISTED = Instant.parse("2026-01-01T00:00:00Z");

    final LocalCluster cluster;

    LocalQueue(String script) {
        this(spec(script).build());
    }

    LocalQueue(QueueSpec spec) {
        cluster = new LocalCluster(spec, Duration.ofMillis(300), Clock.systemUTC());
        cluster.open(() -> {});
    }

    static QueueSpecBuilder spec(String script) {
        return QueueSpec.builder(
                "videos",
                WorkerSpec.builder("").command(List.of("sh", "-c", script)).build());
    }

    static Claim claim(int number, String... names) {
        List<Claim.Item> items = new ArrayList<>();
        for (String name : names) {
            items.add(new Claim.Item(name, LISTED, "{\"of\":\"" + name + "\"}", null));
        }
        return new Claim(number, "run", items);
    }

    /** Claims batch 1 with these items and starts the first attempt of each. */
    BatchRecord start(String... names) throws Exception {
        BatchRecord record = cluster.claim(claim(1, names));
        cluster.startJob(record);
        for (int i = 0; i < names.length; i++) {
            cluster.startPod(record, i, 0);
        }
        return record;
    }

    /** Runs one item to its end. */
    PodView run(String name) throws Exception {
        start(name);
        return ended(1);
    }

    PodView ended(int batch) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> pod(batch), PodView::isTerminal);
    }

    PodView pod(int batch) {
        return cluster.observed().pods().get(batch).get(0);
    }

    String logOf(PodView pod) throws Exception {
        return cluster.log(pod, 1000);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
