package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Transport.Patience;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Transport.Request;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests for objects in one namespace, as HTTP has them. Whatever is put into a URL is encoded, whoever named it. */
record ApiRequests(String namespace) {
    static final String JSON = "application/json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";

    static final int PAGE = 500;

    Request get(Class<? extends HasMetadata> kind, String name, Patience patience) {
        return new Request("GET", path(kind, name), null, null, patience);
    }

    /**
     * @param next what the page before told to ask with; empty for the first
     * @param most objects of the page
     */
    Request list(Class<? extends HasMetadata> kind, Map<String, String> labels, String next, int most) {
        String path = path(kind, "") + "?limit=" + most + "&" + selected(labels)
                + (next.isEmpty() ? "" : "&continue=" + DnsLabel.segment(next));
        return new Request("GET", path, null, null, Patience.USUAL);
    }

    Request watch(
            Class<? extends HasMetadata> kind,
            Map<String, String> labels,
            String version,
            long seconds,
            Patience patience) {
        String path = path(kind, "") + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds
                + "&resourceVersion=" + DnsLabel.segment(version) + "&" + selected(labels);
        return new Request("GET", path, null, null, patience);
    }

    /** Of one container, which a person may have named. */
    Request log(String pod, String container, int lines) {
        String query = "/log?container=" + DnsLabel.segment(container) + "&tailLines=" + lines;
        return new Request("GET", path(Pod.class, pod) + query, null, null, Patience.USUAL);
    }

    /** What happened to a pod. */
    String events(String podUid) {
        return path(Event.class, "") + "?fieldSelector=" + DnsLabel.segment("involvedObject.uid=" + podUid);
    }

    Request create(Class<? extends HasMetadata> kind, String object, String query, Patience patience) {
        return new Request("POST", path(kind, "") + query, JSON, object, patience);
    }

    Request replace(Class<? extends HasMetadata> kind, String name, String object, Patience patience) {
        return new Request("PUT", path(kind, name), JSON, object, patience);
    }

    Request patch(
            Class<? extends HasMetadata> kind, String name, String subresource, String contentType, String patch) {
        return new Request("PATCH", path(kind, name) + subresource, contentType, patch, Patience.USUAL);
    }

    /** @param graceSeconds negative for the object's own */
    Request delete(Class<? extends HasMetadata> kind, String name, long graceSeconds) {
        return delete(path(kind, name), graceSeconds < 0 ? "" : ",\"gracePeriodSeconds\":" + graceSeconds);
    }

    /** To delete that very object: with the uid and in the version that are given. */
    Request delete(ObjectReference object) {
        String api = object.getApiVersion();
        String path = (api.contains("/") ? "/apis/" : "/api/") + api + "/namespaces/" + DnsLabel.segment(namespace)
                + "/" + DnsLabel.segment(resource(object)) + "/" + DnsLabel.segment(object.getName());
        String only =
                precondition("uid", object.getUid()) + precondition("resourceVersion", object.getResourceVersion());
        return delete(path, only.isEmpty() ? "" : ",\"preconditions\":{" + only.substring(1) + "}");
    }

    private static String precondition(String name, String value) {
        return value == null ? "" : ",\"" + name + "\":\"" + value + "\"";
    }

    static String resource(ObjectReference object) {
        return object.getKind().toLowerCase(Locale.ROOT) + "s";
    }

    Request deleteAll(Class<? extends HasMetadata> kind, Map<String, String> labels) {
        return delete(path(kind, "") + "?" + selected(labels), "");
    }

    /** @param batches values of the batch label */
    Request deleteAll(Class<? extends HasMetadata> kind, Map<String, String> labels, Collection<?> batches) {
        String one = batches.stream().map(String::valueOf).collect(Collectors.joining(","));
        return delete(
                path(kind, "") + "?" + selected(labels) + DnsLabel.segment("," + Keys.BATCH + " in (" + one + ")"), "");
    }

    private static Request delete(String path, String option) {
        String options = "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"propagationPolicy\":\"Background\"";
        return new Request("DELETE", path, JSON, options + option + "}", Patience.USUAL);
    }

    /** @param name empty for all objects of the kind */
    String path(Class<? extends HasMetadata> kind, String name) {
        String api = HasMetadata.getApiVersion(kind);
        return (api.contains("/") ? "/apis/" : "/api/") + api + "/namespaces/" + DnsLabel.segment(namespace) + "/"
                + HasMetadata.getPlural(kind) + (name.isEmpty() ? "" : "/" + DnsLabel.segment(name));
    }

    private static String selected(Map<String, String> labels) {
        return "labelSelector="
                + DnsLabel.segment(labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining(",")));
    }
}
