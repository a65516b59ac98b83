package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The pod of an ambassador that is started for a queue: restricted like a worker's, unless its YAML says otherwise.
 *
 * @param image the container image; blank where the YAML has it
 * @param port where it serves the source API
 * @param args replaces the image's arguments; empty keeps them
 * @param podYaml a full Pod, merged under all of the above; empty for none
 */
public record AmbassadorPod(String image, int port, List<String> args, String podYaml) {
    /** Carries the token, since the API server's proxy keeps {@code Authorization} for itself. */
    public static final String TOKEN_HEADER = "Task-Queue-Token";

    static final String CONTAINER = "ambassador";

    private static final String TOKEN = "TASKQUEUE_TOKEN";

    private static final int PROBE_SECONDS = 2;
    private static final long GRACE_SECONDS = 5;

    public AmbassadorPod {
        args = List.copyOf(args);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("The ambassador's port is " + port + ": it must be from 1 to 65535.");
        }
    }

    /**
     * @param user each has a pod of its own in the queue
     */
    static String name(QueueId queue, String user) {
        return "tq-" + queue + "-source-" + QueueId.hash(user, 8);
    }

    /**
     * @param token what its ambassador is to ask of whoever asks it, where the YAML gives it none
     * @param owners those with whom it goes away
     * @throws IllegalArgumentException with a sentence about the YAML
     */
    Pod manifest(
            String name,
            QueueId queue,
            String token,
            List<OwnerReference> owners,
            KubernetesSerialization serialization) {
        Pod user = UserPod.parse(podYaml, serialization);
        List<Container> containers = new ArrayList<>(user.getSpec().getContainers());
        containers.set(0, container(containers.get(0), token));
        var builder = new PodBuilder(user);
        builder.editMetadata()
                .withName(name)
                .withNamespace(null)
                .addToLabels(Keys.MANAGED_BY, Keys.TASK_QUEUE)
                .addToLabels(Keys.AMBASSADOR, queue.value())
                .withOwnerReferences(owners)
                .endMetadata();
        var spec = builder.editSpec()
                .withContainers(containers)
                .withRestartPolicy("Always")
                .withEnableServiceLinks(false);
        if (user.getSpec().getTerminationGracePeriodSeconds() == null) {
            spec.withTerminationGracePeriodSeconds(GRACE_SECONDS);
        }
        spec.endSpec();
        // Whoever configures an ambassador is an administrator: the YAML's word on the token is theirs.
        return SafePod.of(
                builder.build(), new WorkerSpec.Security(null, false, false, SafePod.mountsToken(user.getSpec())));
    }

    /** The token that a pod's ambassador was given; empty where it comes from elsewhere. */
    static String token(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getEnv().stream())
                .filter(env -> TOKEN.equals(env.getName()) && env.getValue() != null)
                .map(EnvVar::getValue)
                .findFirst()
                .orElse("");
    }

    /**
     * Reads a YAML without doing anything with it.
     *
     * @throws IllegalArgumentException with a sentence about it
     */
    public static void check(String podYaml) {
        UserPod.parse(podYaml, new KubernetesSerialization());
    }

    private Container container(Container user, String token) {
        var builder = new ContainerBuilder(user).withName(CONTAINER);
        if (!image.isBlank()) {
            builder.withImage(image);
        }
        if (!args.isEmpty()) {
            builder.withArgs(args);
        }
        if (builder.buildMatchingEnv(env -> TOKEN.equals(env.getName())) == null) {
            builder.addNewEnv().withName(TOKEN).withValue(token).endEnv();
        }
        if (builder.buildReadinessProbe() == null) {
            builder.withNewReadinessProbe()
                    .withNewTcpSocket()
                    .withNewPort(port)
                    .endTcpSocket()
                    .withPeriodSeconds(PROBE_SECONDS)
                    .endReadinessProbe();
        }
        return builder.build();
    }
}
