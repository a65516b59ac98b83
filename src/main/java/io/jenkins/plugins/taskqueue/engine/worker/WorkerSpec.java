package io.jenkins.plugins.taskqueue.engine.worker;

import java.util.List;
import java.util.Map;

/**
 * The worker: the container that does one item, once. Immutable; built by {@link #builder}.
 *
 * @param image the container image
 * @param command replaces the image's entry point; empty keeps it
 * @param args replaces the image's arguments; empty keeps them
 * @param env environment variables beside the contract's own
 * @param requests resources requested, such as {@code cpu} to {@code 500m}
 * @param limits resource limits
 * @param serviceAccount the pods' service account; empty for the namespace's default. No token is mounted.
 * @param nodeSelector labels that a node must have
 * @param tolerations taints that the pods tolerate
 * @param pullSecrets names of image pull Secrets
 * @param volumes volumes to mount
 * @param security what is relaxed of the <em>restricted</em> Pod Security level
 * @param podYaml a full Pod in YAML, merged under all of the above; empty for none
 */
public record WorkerSpec(
        String image,
        List<String> command,
        List<String> args,
        List<EnvVar> env,
        Map<String, String> requests,
        Map<String, String> limits,
        String serviceAccount,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        List<String> pullSecrets,
        List<Volume> volumes,
        Security security,
        String podYaml) {

    public WorkerSpec {
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = List.copyOf(env);
        requests = Map.copyOf(requests);
        limits = Map.copyOf(limits);
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
        pullSecrets = List.copyOf(pullSecrets);
        volumes = List.copyOf(volumes);
    }

    /**
     * @param runAsUser numeric user id of the worker; null keeps the image's
     * @param allowRoot whether the worker may run as root
     * @param allowPrivilegeEscalation whether it may gain more rights than it was started with
     * @param serviceAccountToken whether the service account's token is mounted
     */
    public record Security(
            Long runAsUser, boolean allowRoot, boolean allowPrivilegeEscalation, boolean serviceAccountToken) {
        public static final Security RESTRICTED = new Security(null, false, false, false);
    }

    /** One with all of its image's own. */
    public static WorkerSpec worker(String image) {
        return builder(image).build();
    }

    public static WorkerSpecBuilder builder(String image) {
        return new WorkerSpecBuilder(image);
    }
}
