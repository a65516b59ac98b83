package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the worker's containers over those of the user's Pod: the container {@code worker}, or the stages before it as init
 * containers, after the user's own. An init container that the user named as a stage is that stage's.
 */
final class StagedPod {
    /** The directory that the stages share. */
    static final String WORK_DIR = "/task-queue-work";

    private static final String VOLUME = "task-queue-work";

    private StagedPod() {}

    static Pod of(Pod user, WorkerSpec worker) {
        List<Stage> stages = worker.stages();
        List<Container> containers = new ArrayList<>(user.getSpec().getContainers());
        if (stages.isEmpty()) {
            var only = new Stage("only", worker.image(), worker.command(), worker.args(), List.of());
            containers.set(0, WorkerPod.container(containers.get(0), worker, only));
            return new PodBuilder(user)
                    .editMetadata()
                    .removeFromAnnotations(Keys.STAGES)
                    .endMetadata()
                    .editSpec()
                    .withContainers(containers)
                    .endSpec()
                    .build();
        }
        List<Container> before = new ArrayList<>(user.getSpec().getInitContainers());
        for (Stage stage : stages.subList(0, stages.size() - 1)) {
            Container own = before.stream()
                    .filter(container -> stage.name().equals(container.getName()))
                    .findFirst()
                    .orElse(new ContainerBuilder().withName(stage.name()).build());
            before.remove(own);
            before.add(shared(WorkerPod.container(own, worker, stage)));
        }
        Stage last = stages.get(stages.size() - 1);
        containers.set(0, shared(WorkerPod.container(containers.get(0), worker, last)));
        return new PodBuilder(user)
                .editMetadata()
                .addToAnnotations(Keys.STAGES, PodStages.annotation(stages))
                .endMetadata()
                .editSpec()
                .withInitContainers(before)
                .withContainers(containers)
                .addNewVolume()
                .withName(VOLUME)
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
    }

    private static Container shared(Container container) {
        return new ContainerBuilder(container)
                .addToVolumeMounts(new VolumeMountBuilder()
                        .withName(VOLUME)
                        .withMountPath(WORK_DIR)
                        .build())
                .build();
    }
}
