package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.Volume;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What all pods of a queue have in common: the worker's settings over the user's Pod, over safe defaults. */
final class WorkerPod {
    private WorkerPod() {}

    /** @throws IllegalArgumentException with a sentence about the user's YAML */
    static Pod of(QueueSpec spec, KubernetesSerialization serialization) {
        WorkerSpec worker = spec.worker();
        Pod user = UserPod.parse(worker.podYaml(), serialization);
        var builder = new PodBuilder(StagedPod.of(user, worker))
                .editSpec()
                .withRestartPolicy("Never")
                .withEnableServiceLinks(false)
                .addToNodeSelector(worker.nodeSelector());
        if (spec.timeout() != null) {
            builder.withActiveDeadlineSeconds(spec.timeout().toSeconds());
        }
        if (!worker.serviceAccount().isEmpty()) {
            builder.withServiceAccountName(worker.serviceAccount());
        }
        if (!worker.priorityClass().isEmpty()) {
            // What else the user's Pod says of it belongs to its own class; the API server fills that in.
            builder.withPriorityClassName(worker.priorityClass())
                    .withPriority(null)
                    .withPreemptionPolicy(null);
        }
        if (user.getSpec().getTerminationGracePeriodSeconds() == null) {
            builder.withTerminationGracePeriodSeconds(30L);
        }
        worker.pullSecrets().forEach(secret -> builder.addToImagePullSecrets(new LocalObjectReference(secret)));
        worker.tolerations().forEach(toleration -> builder.addToTolerations(toleration(toleration)));
        for (int i = 0; i < worker.volumes().size(); i++) {
            builder.addToVolumes(volume(worker.volumes().get(i), i));
        }
        return SafePod.of(builder.endSpec().build(), worker.security());
    }

    /**
     * The worker's settings over a container of the user's.
     *
     * @param stage what is special about the container
     */
    static Container container(Container user, WorkerSpec worker, Stage stage) {
        var builder = new ContainerBuilder(user)
                .withRestartPolicy(null) // it is no sidecar, and a retry is another pod
                .withTerminationMessagePath(ItemPod.RESULT_FILE)
                .withTerminationMessagePolicy("File");
        if (!stage.image().isBlank()) {
            builder.withImage(stage.image());
        }
        if (!stage.command().isEmpty()) {
            builder.withCommand(stage.command());
        }
        if (!stage.args().isEmpty()) {
            builder.withArgs(stage.args());
        }
        Stream.concat(worker.env().stream(), stage.env().stream()).forEach(env -> {
            builder.removeMatchingFromEnv(same -> env.name().equals(same.getName()));
            builder.addToEnv(env(env));
        });
        if (!worker.requests().isEmpty() || !worker.limits().isEmpty()) {
            builder.editOrNewResources()
                    .addToRequests(quantities(worker.requests()))
                    .addToLimits(quantities(worker.limits()))
                    .endResources();
        }
        for (int i = 0; i < worker.volumes().size(); i++) {
            Volume volume = worker.volumes().get(i);
            builder.removeMatchingFromVolumeMounts(same -> volume.mountPath().equals(same.getMountPath()));
            builder.addToVolumeMounts(new VolumeMountBuilder()
                    .withName(volumeName(i))
                    .withMountPath(volume.mountPath())
                    .withReadOnly(volume.readOnly())
                    .build());
        }
        return builder.build();
    }

    private static io.fabric8.kubernetes.api.model.EnvVar env(EnvVar env) {
        var builder = new EnvVarBuilder().withName(env.name());
        return switch (env.from()) {
            case LITERAL -> builder.withValue(ItemPod.unexpanded(env.value())).build();
            case SECRET ->
                builder.withNewValueFrom()
                        .withNewSecretKeyRef(env.key(), env.object(), null)
                        .endValueFrom()
                        .build();
            case CONFIG_MAP ->
                builder.withNewValueFrom()
                        .withNewConfigMapKeyRef(env.key(), env.object(), null)
                        .endValueFrom()
                        .build();
        };
    }

    private static Map<String, Quantity> quantities(Map<String, String> amounts) {
        Map<String, Quantity> quantities = new HashMap<>();
        amounts.forEach((name, amount) -> quantities.put(name, new Quantity(amount)));
        return quantities;
    }

    private static io.fabric8.kubernetes.api.model.Toleration toleration(
            io.jenkins.plugins.taskqueue.engine.worker.Toleration toleration) {
        return new TolerationBuilder()
                .withKey(toleration.key().isEmpty() ? null : toleration.key())
                .withOperator(toleration.value() == null ? "Exists" : "Equal")
                .withValue(toleration.value())
                .withEffect(toleration.effect().isEmpty() ? null : toleration.effect())
                .build();
    }

    private static io.fabric8.kubernetes.api.model.Volume volume(Volume volume, int number) {
        var builder = new VolumeBuilder().withName(volumeName(number));
        return switch (volume.kind()) {
            case PERSISTENT_VOLUME_CLAIM ->
                builder.withNewPersistentVolumeClaim(volume.source(), volume.readOnly())
                        .build();
            case SECRET ->
                builder.withNewSecret()
                        .withSecretName(volume.source())
                        .endSecret()
                        .build();
            case CONFIG_MAP ->
                builder.withNewConfigMap()
                        .withName(volume.source())
                        .endConfigMap()
                        .build();
            case HOST_PATH -> builder.withNewHostPath(volume.source(), null).build();
            case EMPTY_DIR -> builder.withNewEmptyDir().endEmptyDir().build();
        };
    }

    private static String volumeName(int number) {
        return "task-queue-volume-" + number;
    }
}
