package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;

/** Pods as the API server has them, for tests: created at 12:00:00 with a time-out of 60 s, batch 4, index 2, attempt 1. */
final class PodYaml {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final Instant CREATED = Instant.parse("2026-11-24T12:00:00Z");

    private PodYaml() {}

    /**
     * @param metadata fields of it, each with a comma after it
     * @param spec the same
     */
    static Pod pod(String metadata, String spec, String status) {
        String yaml =
                """
                # YAML
                {apiVersion: v1, kind: Pod,
                 metadata: {name: p, uid: u, creationTimestamp: '2026-11-24T12:00:00Z', finalizers: ['%s'], %s
                   labels: {'%s': '4', '%s': '2', '%s': '1'}},
                 spec: {activeDeadlineSeconds: 60, %s
                   containers: [{name: worker, resources: {limits: {memory: 64Mi}}}, {name: proxy}]},
                 status: %s}
                """.formatted(Keys.FINALIZER, metadata, Keys.BATCH, Keys.COMPLETION_INDEX, Keys.ATTEMPT, spec, status);
        return SERIALIZATION.unmarshal(yaml, Pod.class);
    }

    /** So many seconds after its creation. */
    static String at(int second) {
        return "'" + CREATED.plusSeconds(second) + "'";
    }

    /** Its deletion was asked for at that second, with 30 s. */
    static String deleted(int second) {
        return "deletionTimestamp: %s, deletionGracePeriodSeconds: 30,".formatted(at(second + 30));
    }

    static String disrupted(String reason, int second) {
        return "{type: DisruptionTarget, status: 'True', reason: %s, message: said, lastTransitionTime: %s}"
                .formatted(reason, at(second));
    }

    static String ended(String container, int code, String reason, int second) {
        return "{name: %s, image: i, state: {terminated: {exitCode: %d, reason: %s, message: out, startedAt: %s, finishedAt: %s}}}"
                .formatted(container, code, reason, at(1), at(second));
    }

    static String runs(String container) {
        return "{name: %s, image: i, state: {running: {startedAt: %s}}}".formatted(container, at(1));
    }

    static String waits(String container, String reason) {
        return "{name: %s, image: i, state: {waiting: {reason: %s, message: why}}}".formatted(container, reason);
    }
}
