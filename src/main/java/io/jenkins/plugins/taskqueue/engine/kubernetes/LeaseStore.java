package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.Optional;

/** Reads and writes the Leases of processes. Its few requests wait for nothing else. */
record LeaseStore(KubernetesApi api) {

    Optional<Lease> get(String name) throws ClusterException, InterruptedException {
        return api.urgent(Lease.class, name);
    }

    Lease create(Lease lease) throws ClusterException, InterruptedException {
        return api.createUrgently(lease);
    }

    /** Replaces the version that the lease was read with. */
    Lease replace(Lease lease) throws ClusterException, InterruptedException {
        return api.replaceUrgently(lease);
    }

    /** @param version CONFLICT where it is another one by now; null for any */
    void delete(String name, String version) throws ClusterException, InterruptedException {
        api.delete(new ObjectReferenceBuilder()
                .withApiVersion("coordination.k8s.io/v1")
                .withKind("Lease")
                .withName(name)
                .withResourceVersion(version)
                .build());
    }
}
