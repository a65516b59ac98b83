package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.Optional;

/** Reads and writes a queue's Lease. Its few writes do not wait for the other ones' limits. */
final class LeaseStore {
    private final KubernetesApi api;
    private final ObjectNames names;
    private final OwnerReference owner;

    LeaseStore(KubernetesApi api, ObjectNames names, OwnerReference owner) {
        this.api = api;
        this.names = names;
        this.owner = owner;
    }

    Lease template() {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(names.owner())
                .withLabels(names.labels())
                .withAnnotations(names.annotations())
                .withOwnerReferences(owner)
                .endMetadata()
                .build();
    }

    Optional<Lease> get() throws ClusterException, InterruptedException {
        return api.urgent(Lease.class, names.owner());
    }

    Lease create(Lease lease) throws ClusterException, InterruptedException {
        return api.createUrgently(lease);
    }

    /** Replaces the version that the lease was read with. */
    Lease replace(Lease lease) throws ClusterException, InterruptedException {
        return api.replaceUrgently(lease);
    }
}
