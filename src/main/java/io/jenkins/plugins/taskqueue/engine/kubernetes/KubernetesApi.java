package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The calls to the API server that a queue needs, each one request. No call reads before it writes. */
final class KubernetesApi {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

    private final KubernetesClient client;
    private final String namespace;
    private final ApiGate gate;

    KubernetesApi(KubernetesClient client, String namespace, ApiGate gate) {
        this.client = impatient(client);
        this.namespace = DnsLabel.require("namespace", namespace);
        this.gate = gate;
    }

    /** The same client, that neither retries by itself nor waits for long: when to try again is the loop's decision. */
    static KubernetesClient impatient(KubernetesClient client) {
        return client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                                .build())
                .adapt(KubernetesClient.class);
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    ApiGate gate() {
        return gate;
    }

    NonNamespaceOperation<ConfigMap, ConfigMapList, Resource<ConfigMap>> configMaps() {
        return client.configMaps().inNamespace(namespace);
    }

    Optional<ConfigMap> configMap(String name) throws ClusterException, InterruptedException {
        return Optional.ofNullable(gate.read(
                new ApiCall("get", "configmaps", name),
                () -> configMaps().withName(name).get()));
    }

    Optional<Job> job(String name) throws ClusterException, InterruptedException {
        return Optional.ofNullable(gate.read(
                new ApiCall("get", "jobs", name),
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    Optional<Pod> pod(String name) throws ClusterException, InterruptedException {
        return Optional.ofNullable(gate.read(
                new ApiCall("get", "pods", name),
                () -> client.pods().inNamespace(namespace).withName(name).get()));
    }

    /** What happened to a pod, as far as it is still known. */
    List<Event> events(String podUid) throws ClusterException, InterruptedException {
        return gate.read(
                new ApiCall("list", "events", ""),
                () -> client.v1()
                        .events()
                        .inNamespace(namespace)
                        .withField("involvedObject.uid", podUid)
                        .list()
                        .getItems());
    }

    /** Not by the gate: whoever watches knows what it is called. */
    <T extends HasMetadata> WatchStream<T> watch(
            Class<T> kind,
            Map<String, String> labels,
            String version,
            BiConsumer<String, T> onEvent,
            Consumer<KubernetesClientException> onEnd) {
        return WatchStream.open(client, namespace, kind, labels, version, Watched.TIMEOUT_SECONDS, onEvent, onEnd);
    }

    <T extends HasMetadata> T create(String resource, T object) throws ClusterException, InterruptedException {
        return gate.write(
                new ApiCall("create", resource, object.getMetadata().getName()),
                () -> client.resource(object).inNamespace(namespace).create());
    }

    /** Asks the API server whether it would take an object, unknown fields included. Creates nothing. */
    @SuppressWarnings("unchecked")
    <T extends HasMetadata> T tryCreate(String resource, T object) throws ClusterException, InterruptedException {
        String root = object.getApiVersion().contains("/") ? "/apis/" : "/api/";
        String uri = root + object.getApiVersion() + "/namespaces/" + namespace + "/" + resource
                + "?dryRun=All&fieldValidation=Strict";
        return gate.write(new ApiCall("create", resource, object.getMetadata().getName()), () ->
                (T) client.getKubernetesSerialization().unmarshal(client.raw(uri, "POST", object), object.getClass()));
    }

    ConfigMap patchConfigMap(String name, String mergePatch) throws ClusterException, InterruptedException {
        var stub = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        return gate.write(
                new ApiCall("patch", "configmaps", name),
                () -> configMaps().resource(stub).patch(MERGE, mergePatch));
    }

    Job patchJobStatus(String name, String mergePatch) throws ClusterException, InterruptedException {
        var stub =
                new JobBuilder().withNewMetadata().withName(name).endMetadata().build();
        return gate.write(
                new ApiCall("patch", "jobs/status", name),
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .resource(stub)
                        .subresource("status")
                        .patch(MERGE, mergePatch));
    }

    /** Deletes that very object, and what has come by its name since stays: CONFLICT. */
    void delete(ObjectReference object) throws ClusterException, InterruptedException {
        String resource = object.getKind().toLowerCase(Locale.ROOT) + "s";
        String uri = (resource.equals("jobs") ? "/apis/batch/v1" : "/api/v1") + "/namespaces/" + namespace + "/"
                + resource + "/" + object.getName();
        var options = new DeleteOptionsBuilder()
                .withPropagationPolicy("Background")
                .withNewPreconditions()
                .withUid(object.getUid())
                .endPreconditions()
                .build();
        gate.write(new ApiCall("delete", resource, object.getName()), () -> client.raw(uri, "DELETE", options));
    }

    /**
     * Takes our finalizer from a pod; others stay.
     *
     * @param uid where it must be that very pod; else null
     */
    Pod releasePod(String name, String uid) throws ClusterException, InterruptedException {
        var stub =
                new PodBuilder().withNewMetadata().withName(name).endMetadata().build();
        String only = uid == null ? "" : "\"uid\":\"" + uid + "\",";
        String patch =
                "{\"metadata\":{" + only + "\"$deleteFromPrimitiveList/finalizers\":[\"" + Keys.FINALIZER + "\"]}}";
        return gate.write(
                new ApiCall("patch", "pods", name),
                () -> client.pods().inNamespace(namespace).resource(stub).patch(STRATEGIC, patch));
    }

    Pod annotatePod(String name, String annotation, String value) throws ClusterException, InterruptedException {
        var change = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations(annotation, value)
                .endMetadata()
                .build();
        String patch = client.getKubernetesSerialization().asJson(change);
        return gate.write(
                new ApiCall("patch", "pods", name),
                () -> client.pods().inNamespace(namespace).resource(change).patch(MERGE, patch));
    }

    void deleteConfigMap(String name) throws ClusterException, InterruptedException {
        gate.write(
                new ApiCall("delete", "configmaps", name),
                () -> configMaps()
                        .withName(name)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
    }

    void deleteJob(String name) throws ClusterException, InterruptedException {
        gate.write(
                new ApiCall("delete", "jobs", name),
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
    }

    /** @param graceSeconds 0 forgets a pod whose node is silent; negative: the pod's own */
    void deletePod(String name, long graceSeconds) throws ClusterException, InterruptedException {
        gate.write(
                new ApiCall("delete", "pods", name),
                () -> client.pods()
                        .inNamespace(namespace)
                        .withName(name)
                        .withGracePeriod(graceSeconds)
                        .delete());
    }

    void deletePods(Map<String, String> labels) throws ClusterException, InterruptedException {
        gate.write(
                new ApiCall("deletecollection", "pods", ""),
                () -> client.pods().inNamespace(namespace).withLabels(labels).delete());
    }

    /** @param batches values of the batch label */
    void deletePods(Map<String, String> labels, Collection<Integer> batches)
            throws ClusterException, InterruptedException {
        gate.write(
                new ApiCall("deletecollection", "pods", ""),
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .withLabelIn(Keys.BATCH, values(batches))
                        .delete());
    }

    void deleteJobs(Map<String, String> labels) throws ClusterException, InterruptedException {
        gate.write(
                new ApiCall("deletecollection", "jobs", ""),
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
    }

    /** @param batches values of the batch label */
    void deleteJobs(Map<String, String> labels, Collection<Integer> batches)
            throws ClusterException, InterruptedException {
        gate.write(
                new ApiCall("deletecollection", "jobs", ""),
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .withLabelIn(Keys.BATCH, values(batches))
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
    }

    void deleteConfigMaps(Map<String, String> labels) throws ClusterException, InterruptedException {
        gate.write(
                new ApiCall("deletecollection", "configmaps", ""),
                () -> configMaps().withLabels(labels).delete());
    }

    /** @param batches values of the batch label */
    void deleteConfigMaps(Map<String, String> labels, Collection<String> batches)
            throws ClusterException, InterruptedException {
        gate.write(
                new ApiCall("deletecollection", "configmaps", ""),
                () -> configMaps()
                        .withLabels(labels)
                        .withLabelIn(Keys.BATCH, batches.toArray(String[]::new))
                        .delete());
    }

    private static String[] values(Collection<Integer> batches) {
        return batches.stream().map(String::valueOf).toArray(String[]::new);
    }
}
