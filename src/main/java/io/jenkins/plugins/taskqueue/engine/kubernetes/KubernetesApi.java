package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Transport.Patience;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Transport.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The calls to the API server that a queue needs, each one request. No call reads before it writes. */
final class KubernetesApi implements AutoCloseable {
    /** Less than half the time that a lease is held without a sign of the server. */
    private static final Patience URGENT = new Patience(Duration.ofSeconds(4), Duration.ofSeconds(4));
    /** Kinds that are read by the thousand. */
    private static final Set<Class<?>> MANY = Set.of(Pod.class, Job.class, ConfigMap.class);

    private final Transport transport;
    private final ApiRequests requests;
    private final ApiGate gate;

    KubernetesApi(Transport transport, String namespace, ApiGate gate) {
        this.transport = transport;
        requests = new ApiRequests(DnsLabel.require("namespace", namespace));
        this.gate = gate;
    }

    /** To be used for a moment: it may be replaced by another one. */
    KubernetesClient client() {
        return transport.client();
    }

    KubernetesSerialization serialization() {
        return client().getKubernetesSerialization();
    }

    String namespace() {
        return requests.namespace();
    }

    ApiGate gate() {
        return gate;
    }

    Optional<ConfigMap> configMap(String name) throws ClusterException, InterruptedException {
        return get(ConfigMap.class, name);
    }

    Optional<Job> job(String name) throws ClusterException, InterruptedException {
        return get(Job.class, name);
    }

    Optional<Pod> pod(String name) throws ClusterException, InterruptedException {
        return get(Pod.class, name);
    }

    /** What happened to a pod, as far as it is still known. */
    List<Event> events(String podUid) throws ClusterException, InterruptedException {
        return ask(call("list", Event.class, ""), requests.events(podUid), null, EventList.class)
                .getItems();
    }

    <T extends HasMetadata> Optional<T> get(Class<T> kind, String name) throws ClusterException, InterruptedException {
        try {
            Request get = requests.get(kind, name, Patience.USUAL);
            return Optional.of(gate.read(call("get", kind, name), () -> read(transport.send(get), kind)));
        } catch (ClusterException e) {
            return none(e);
        }
    }

    /** As {@link #get}, of what must not wait for anything else. */
    <T extends HasMetadata> Optional<T> urgent(Class<T> kind, String name)
            throws ClusterException, InterruptedException {
        try {
            return Optional.of(urgent(call("get", kind, name), requests.get(kind, name, URGENT), kind));
        } catch (ClusterException e) {
            return none(e);
        }
    }

    /** As {@link #create}, of what must not wait for anything else. */
    @SuppressWarnings("unchecked")
    <T extends HasMetadata> T createUrgently(T object) throws ClusterException, InterruptedException {
        Class<T> kind = (Class<T>) object.getClass();
        Request create = requests.create(kind, serialization().asJson(object), "", URGENT);
        return urgent(call("create", kind, object.getMetadata().getName()), create, kind);
    }

    /** Replaces the version that it was read with; it does not wait for anything else. */
    @SuppressWarnings("unchecked")
    <T extends HasMetadata> T replaceUrgently(T object) throws ClusterException, InterruptedException {
        Class<T> kind = (Class<T>) object.getClass();
        String name = object.getMetadata().getName();
        Request replace = requests.replace(kind, name, serialization().asJson(object), URGENT);
        return urgent(call("update", kind, name), replace, kind);
    }

    private <T> T urgent(ApiCall call, Request request, Class<T> kind) throws ClusterException, InterruptedException {
        return gate.urgent(call, () -> read(transport.send(request), kind));
    }

    private static <T> Optional<T> none(ClusterException e) throws ClusterException {
        if (e.getCause() instanceof KubernetesClientException refused && refused.getCode() == 404) {
            return Optional.empty();
        }
        throw e;
    }

    /** Asks for something that is no object of the namespace. */
    <T> T ask(ApiCall call, String path, Object question, Class<T> kind) throws ClusterException, InterruptedException {
        String body = question == null ? null : serialization().asJson(question);
        var request = new Request(body == null ? "GET" : "POST", path, ApiRequests.JSON, body, Patience.USUAL);
        return gate.read(call, () -> read(transport.send(request), kind));
    }

    /** Tells everything that is there now, a page at a time. Returns the list's version. */
    <T extends HasMetadata> String list(Class<T> kind, Map<String, String> labels, Consumer<Collection<T>> onPage)
            throws ClusterException, InterruptedException {
        return PagedList.read(
                (next, most) -> {
                    Request list = requests.list(kind, labels, next, most);
                    return gate.read(call("list", kind, ""), () -> LeanJson.page(transport.send(list), kind));
                },
                onPage);
    }

    /** Follows what changes after a version. Returns when the server ends it, which it does after so many seconds. */
    void watch(
            Class<? extends HasMetadata> kind,
            Map<String, String> labels,
            String version,
            long seconds,
            Patience patience,
            Answer.Sink sink)
            throws ClusterException, InterruptedException {
        Request watch = requests.watch(kind, labels, version, seconds, patience);
        gate.urgent(call("watch", kind, ""), () -> {
            transport.send(watch, sink);
            return null;
        });
    }

    /** The last lines of a container's log. */
    void log(String pod, String container, int lines, Answer.Sink sink) throws ClusterException, InterruptedException {
        Request log = requests.log(pod, container, lines);
        gate.read(new ApiCall("get", "pods/log", pod), () -> {
            transport.send(log, sink);
            return null;
        });
    }

    <T extends HasMetadata> T create(String resource, T object) throws ClusterException, InterruptedException {
        return create(object, "");
    }

    /** Asks the API server whether it would take an object, unknown fields included. Creates nothing. */
    <T extends HasMetadata> T tryCreate(String resource, T object) throws ClusterException, InterruptedException {
        return create(object, "?dryRun=All&fieldValidation=Strict");
    }

    @SuppressWarnings("unchecked")
    private <T extends HasMetadata> T create(T object, String query) throws ClusterException, InterruptedException {
        Class<T> kind = (Class<T>) object.getClass();
        Request create = requests.create(kind, serialization().asJson(object), query, Patience.USUAL);
        return gate.write(
                call("create", kind, object.getMetadata().getName()), () -> read(transport.send(create), kind));
    }

    ConfigMap patchConfigMap(String name, String mergePatch) throws ClusterException, InterruptedException {
        return patch(ConfigMap.class, name, "", ApiRequests.MERGE, mergePatch);
    }

    Job patchJobStatus(String name, String mergePatch) throws ClusterException, InterruptedException {
        return patch(Job.class, name, "/status", ApiRequests.MERGE, mergePatch);
    }

    /** Deletes that very object: CONFLICT where another one has its name, or where it has another version than was given. */
    void delete(ObjectReference object) throws ClusterException, InterruptedException {
        Request delete = requests.delete(object);
        var call = new ApiCall("delete", ApiRequests.resource(object), object.getName());
        gate.write(call, () -> transport.send(delete));
    }

    /**
     * Takes our finalizer from a pod; others stay.
     *
     * @param uid where it must be that very pod; else null
     */
    Pod releasePod(String name, String uid) throws ClusterException, InterruptedException {
        String only = uid == null ? "" : "\"uid\":\"" + uid + "\",";
        String patch =
                "{\"metadata\":{" + only + "\"$deleteFromPrimitiveList/finalizers\":[\"" + Keys.FINALIZER + "\"]}}";
        return patch(Pod.class, name, "", ApiRequests.STRATEGIC, patch);
    }

    Pod annotatePod(String name, String annotation, String value) throws ClusterException, InterruptedException {
        var change = new PodBuilder()
                .withNewMetadata()
                .addToAnnotations(annotation, value)
                .endMetadata()
                .build();
        return patch(Pod.class, name, "", ApiRequests.MERGE, serialization().asJson(change));
    }

    private <T extends HasMetadata> T patch(
            Class<T> kind, String name, String subresource, String contentType, String patch)
            throws ClusterException, InterruptedException {
        Request request = requests.patch(kind, name, subresource, contentType, patch);
        return gate.write(
                new ApiCall("patch", HasMetadata.getPlural(kind) + subresource, name),
                () -> read(transport.send(request), kind));
    }

    void deleteConfigMap(String name) throws ClusterException, InterruptedException {
        delete(ConfigMap.class, name, -1);
    }

    void deleteJob(String name) throws ClusterException, InterruptedException {
        delete(Job.class, name, -1);
    }

    /** @param graceSeconds 0 forgets a pod whose node is silent; negative: the pod's own */
    void deletePod(String name, long graceSeconds) throws ClusterException, InterruptedException {
        delete(Pod.class, name, graceSeconds);
    }

    /** Deletes what is there, or is not. */
    void delete(Class<? extends HasMetadata> kind, String name, long graceSeconds)
            throws ClusterException, InterruptedException {
        try {
            Request delete = requests.delete(kind, name, graceSeconds);
            gate.write(call("delete", kind, name), () -> transport.send(delete));
        } catch (ClusterException e) {
            none(e);
        }
    }

    void deleteAll(Class<? extends HasMetadata> kind, Map<String, String> labels)
            throws ClusterException, InterruptedException {
        deleteAll(kind, requests.deleteAll(kind, labels));
    }

    /** @param batches values of the batch label */
    void deleteAll(Class<? extends HasMetadata> kind, Map<String, String> labels, Collection<?> batches)
            throws ClusterException, InterruptedException {
        deleteAll(kind, requests.deleteAll(kind, labels, batches));
    }

    private void deleteAll(Class<? extends HasMetadata> kind, Request request)
            throws ClusterException, InterruptedException {
        gate.write(call("deletecollection", kind, ""), () -> transport.send(request));
    }

    private static ApiCall call(String verb, Class<? extends HasMetadata> kind, String name) {
        return new ApiCall(verb, HasMetadata.getPlural(kind), name);
    }

    private <T> T read(byte[] json, Class<T> kind) {
        try {
            return MANY.contains(kind)
                    ? LeanJson.object(json, kind)
                    : serialization().unmarshal(new ByteArrayInputStream(json), kind);
        } catch (IOException e) {
            throw new KubernetesClientException("the answer can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
