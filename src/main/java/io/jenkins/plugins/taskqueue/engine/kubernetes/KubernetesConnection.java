package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    private final Supplier<KubernetesClient> clients;
    private final String namespace;
    private final KubernetesSettings settings;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Holder me = Holder.current();
    private final Set<KubernetesCluster> members = new HashSet<>();
    private Shared shared;

    /** What is there while a queue is. */
    private record Shared(
            KubernetesClient client, KubernetesApi api, ExecutorService writes, ScheduledExecutorService timer) {}

    /**
     * @param clients makes a client, which this closes
     * @param namespace where the queues' objects are
     */
    public KubernetesConnection(
            Supplier<KubernetesClient> clients, String namespace, KubernetesSettings settings, Clock clock) {
        this(clients, namespace, settings, clock, System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    KubernetesConnection(
            Supplier<KubernetesClient> clients,
            String namespace,
            KubernetesSettings settings,
            Clock clock,
            LongSupplier nanos) {
        this.clients = clients;
        this.namespace = DnsLabel.require("namespace", namespace);
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** To be called before a queue uses anything of this. */
    synchronized void join(KubernetesCluster queue) {
        members.add(queue);
        if (shared == null) {
            KubernetesClient client = clients.get();
            var api = new KubernetesApi(client, namespace, new ApiGate(settings.limits(), namespace, nanos));
            shared = new Shared(
                    client,
                    api,
                    Fanout.pool(settings.limits().concurrent()),
                    Executors.newScheduledThreadPool(2, task -> Leadership.daemon(task, "task-queue-observation")));
        }
    }

    /** The last one that leaves closes what is shared. */
    synchronized void leave(KubernetesCluster queue) {
        if (members.remove(queue) && members.isEmpty()) {
            shared.writes().shutdownNow();
            shared.timer().shutdownNow();
            shared.client().close();
            shared = null;
        }
    }

    private synchronized Shared shared() {
        if (shared == null) {
            throw new IllegalStateException("No queue is open here.");
        }
        return shared;
    }

    KubernetesApi api() {
        return shared().api();
    }

    Fanout fanout() {
        return new Fanout(shared().writes());
    }

    ScheduledExecutorService timer() {
        return shared().timer();
    }

    /** Runs later what may wait for the network; not at all where nothing is open any more. */
    void later(Runnable task, Duration delay) {
        try {
            Shared now = shared();
            now.timer().schedule(() -> now.writes().execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | IllegalStateException e) {
            LOGGER.log(Level.FINE, "Closed", e);
        }
    }

    /** This process, as the holder of leases. */
    Holder me() {
        return me;
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
