package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What all queues of a process in one namespace of one cluster share: the client, its limits and the threads. It rests
 * while no queue is open, and holds nothing then: it needs no closing. Thread-safe.
 */
public final class KubernetesConnection {
    private static final Logger LOGGER = Logger.getLogger(KubernetesConnection.class.getName());
    private static final int READS = 2;

    private final Supplier<KubernetesClient> clients;
    private final String namespace;
    private final KubernetesSettings settings;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, String> labels;
    private final Holder me = Holder.current();
    private final Set<KubernetesCluster> members = new HashSet<>();
    private final Map<KubernetesCluster, Tenure> tenures = new ConcurrentHashMap<>();
    private final AtomicInteger queues = new AtomicInteger();
    private Shared shared;

    /** What is there while a queue is open. */
    record Shared(
            KubernetesApi api,
            Observation observation,
            ExecutorService writes,
            ScheduledExecutorService timer,
            ProcessLease lease,
            Pulses pulses) {

        Fanout fanout() {
            return new Fanout(writes);
        }

        /** Runs later what may wait for the network; not at all where nothing is open any more. */
        void later(Runnable task, Duration delay) {
            try {
                timer.schedule(() -> writes.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "Closed", e);
            }
        }
    }

    /**
     * @param clients makes a client, which this closes
     * @param namespace where the queues' objects are
     */
    public KubernetesConnection(
            Supplier<KubernetesClient> clients, String namespace, KubernetesSettings settings, Clock clock) {
        this(clients, namespace, settings, clock, System::nanoTime, Map.of(Keys.MANAGED_BY, Keys.TASK_QUEUE));
    }

    /** A connection of one queue alone, which is not even told of the others in its namespace. */
    public static KubernetesConnection of(
            QueueId queue,
            Supplier<KubernetesClient> clients,
            String namespace,
            KubernetesSettings settings,
            Clock clock) {
        return new KubernetesConnection(
                clients, namespace, settings, clock, System::nanoTime, new ObjectNames(queue, "").labels());
    }

    /**
     * @param nanos a monotonic clock
     * @param labels of the objects that are watched
     */
    KubernetesConnection(
            Supplier<KubernetesClient> clients,
            String namespace,
            KubernetesSettings settings,
            Clock clock,
            LongSupplier nanos,
            Map<String, String> labels) {
        this.clients = clients;
        this.namespace = DnsLabel.require("namespace", namespace);
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.labels = labels;
    }

    /** To be called before a queue uses anything of this. */
    synchronized Shared join(KubernetesCluster queue) {
        members.add(queue);
        if (shared == null) {
            var gate = new ApiGate(settings.limits(), namespace, nanos);
            var api = new KubernetesApi(new Transport(clients), namespace, gate);
            var store = new LeaseStore(api);
            var timer = Executors.newScheduledThreadPool(READS, task -> Fanout.daemon(task, "task-queue-observation"));
            shared = new Shared(
                    api,
                    new Observation(api, labels, timer, nanos),
                    Fanout.pool(settings.limits().concurrent()),
                    timer,
                    new ProcessLease(store, settings.lease(), me, clock, nanos, this::owners),
                    new Pulses(store::get, settings.lease(), me, nanos, this::isOpen));
            shared.lease()
                    .start(
                            () -> tenures.values().stream().anyMatch(Tenure::isMine),
                            () -> tenures.values().forEach(Tenure::tick));
        }
        return shared;
    }

    /** A name for one of its queues. */
    String identity() {
        return me.queue(queues.incrementAndGet()).identity();
    }

    /** From now on the queue is taken when it can be, until it leaves. */
    synchronized void follow(KubernetesCluster queue, Tenure tenure) {
        if (members.contains(queue)) {
            tenures.put(queue, tenure);
        }
    }

    private boolean isOpen(String identity) {
        return tenures.values().stream().anyMatch(tenure -> tenure.me().equals(identity));
    }

    private List<OwnerReference> owners() {
        return tenures.values().stream()
                .flatMap(tenure -> tenure.owner().stream())
                .sorted(Comparator.comparing(OwnerReference::getUid))
                .toList();
    }

    /** The last one that leaves closes what is shared. */
    void leave(KubernetesCluster queue) {
        Shared last = null;
        synchronized (this) {
            tenures.remove(queue);
            if (members.remove(queue) && members.isEmpty()) {
                last = shared;
                shared = null;
            }
        }
        if (last != null) { // by now another queue may have begun anew
            last.observation().close();
            last.writes().shutdownNow();
            last.timer().shutdownNow();
            last.lease().stop();
            last.api().close();
        }
    }

    KubernetesSettings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    LongSupplier nanos() {
        return nanos;
    }
}
