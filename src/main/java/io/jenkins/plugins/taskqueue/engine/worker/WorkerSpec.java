package io.jenkins.plugins.taskqueue.engine.worker;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The worker: the container that does one item, once, or several that do it one after the other. Immutable; built by
 * {@link #builder}.
 *
 * @param image the container image; empty where there are stages
 * @param command replaces the image's entry point; empty keeps it
 * @param args replaces the image's arguments; empty keeps them
 * @param env environment variables beside the contract's own; with stages those of each of them
 * @param stages what is run in this order in one pod, over one shared directory; empty for the one image
 * @param requests resources requested, such as {@code cpu} to {@code 500m}
 * @param limits resource limits
 * @param serviceAccount the pods' service account; empty for the namespace's default. No token is mounted.
 * @param priorityClass the pods' PriorityClass; empty for the cluster's default
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
        List<Stage> stages,
        Map<String, String> requests,
        Map<String, String> limits,
        String serviceAccount,
        String priorityClass,
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
        stages = List.copyOf(stages);
        Stage.check(stages);
        if (!stages.isEmpty() && !(image.isBlank() && command.isEmpty() && args.isEmpty())) {
            throw new IllegalArgumentException("Both stages and " + (image.isBlank() ? "a command" : "an image")
                    + " of the worker are given: give each stage its own, or leave the stages out.");
        }
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

    /** What it is made of, for a line of text. */
    public String describe() {
        return stages.isEmpty()
                ? image
                : stages.stream().map(Stage::describe).collect(Collectors.joining(", ", "stages ", ""));
    }

    /** One with all of its image's own. */
    public static WorkerSpec worker(String image) {
        return builder(image).build();
    }

    public static WorkerSpecBuilder builder(String image) {
        return new WorkerSpecBuilder(image);
    }
}
