package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Has the queues of builds work over the engine's fake cluster instead of Kubernetes. It lives beside Jenkins: a queue goes
 * on when Jenkins is restarted. Close it after the test.
 */
final class FakeClusters extends QueuePorts implements AutoCloseable {
    private final Map<String, LiveFake> queues = new ConcurrentHashMap<>();
    /** Who opened a queue, in their order. */
    final List<String> makers = new CopyOnWriteArrayList<>();

    private final QueuePorts before = current;
    private volatile Workers workers = Workers.SUCCEED;
    private volatile String refusal;
    private volatile boolean reachable = true;
    private volatile boolean configured = true;

    static FakeClusters use() {
        FakeClusters fakes = new FakeClusters();
        current = fakes;
        return fakes;
    }

    /** What the workers that start from now on do. */
    FakeClusters workers(Workers behaviour) {
        workers = behaviour;
        queues.values().forEach(queue -> queue.workers(behaviour));
        return this;
    }

    /** From now on no cluster is to be had. */
    FakeClusters refuse(String sentence) {
        refusal = sentence;
        return this;
    }

    /** Whether the cluster can be reached. */
    FakeClusters reachable(boolean isSo) {
        reachable = isSo;
        return this;
    }

    /** Whether an administrator offers the cluster. */
    FakeClusters configured(boolean isSo) {
        configured = isSo;
        return this;
    }

    /** What is there of a queue; it need not have begun. */
    LiveFake queue(String name) {
        return queues.computeIfAbsent(name, n -> new LiveFake(workers, () -> reachable));
    }

    /** Of the queue that a build has for itself. */
    LiveFake queue(Run<?, ?> run) {
        return queue(TaskQueueAction.of(run).queues().get(0).getRequest().getQueueName());
    }

    @Override
    QueueRequest settle(QueueRequest request, Item job) throws AbortException {
        if (refusal != null) {
            throw new AbortException(refusal);
        }
        Optional<ClusterConfig> configured =
                TaskQueueConfiguration.get().getClusters().stream().findFirst();
        String namespace = "fake";
        if (configured.isPresent() && request.getNamespace() != null) {
            namespace = request.getNamespace();
            new Border(configured.get()).requireNamespace("fake", namespace);
        }
        return request.in(configured.map(ClusterConfig::getName).orElse("fake"), namespace);
    }

    @Override
    void require(QueueRequest settled, QueueSpec spec) throws AbortException {
        if (!TaskQueueConfiguration.get().getClusters().isEmpty()) {
            super.require(settled, spec);
        }
    }

    @Override
    boolean isConfigured(QueueRequest settled) {
        return configured;
    }

    @Override
    Cluster cluster(QueueRequest settled, QueueSpec spec) {
        makers.add(spec.maker().name());
        return queue(spec.name()).connect();
    }

    @Override
    SourcePlace place(QueueRequest settled, Run<?, ?> run) {
        return new SourcePlace(null, "fake", QueueId.of(settled.getQueueName()), run.getExternalizableId());
    }

    @Override
    public void close() {
        current = before;
    }
}
