package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a pod's worker has not started. The words are those of the kubelet (pkg/kubelet/images/types.go and
 * pkg/kubelet/kuberuntime) and of the scheduler's {@code PodScheduled} condition.
 */
final class PodWaiting {
    /** The kubelet changes between this and {@code ErrImagePull}; one cause has one word. */
    static final String IMAGE_PULL = "ImagePullBackOff";

    private PodWaiting() {}

    static PodCause of(Pod pod, PodStatus status) {
        PodStages stages = PodStages.of(pod);
        Optional<PodCondition> unscheduled =
                PodReading.condition(status, "PodScheduled").filter(condition -> "False".equals(condition.getStatus()));
        if (unscheduled.isPresent()) {
            return PodCause.waiting(
                    Objects.requireNonNullElse(unscheduled.get().getReason(), "Unschedulable"),
                    unscheduled.get().getMessage());
        }
        return containers(status)
                .filter(container ->
                        container.getState() != null && container.getState().getWaiting() != null)
                .map(container -> cause(container, stages))
                .filter(cause -> !cause.reason().equals("ContainerCreating"))
                .findFirst()
                .orElseGet(() -> PodCause.waiting(onANode(pod) ? "ContainerCreating" : "", ""));
    }

    private static Stream<ContainerStatus> containers(PodStatus status) {
        return Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
    }

    private static PodCause cause(ContainerStatus container, PodStages stages) {
        ContainerStateWaiting waiting = container.getState().getWaiting();
        String reason = Objects.requireNonNullElse(waiting.getReason(), "ContainerCreating");
        String message = Objects.requireNonNullElse(waiting.getMessage(), "");
        String stage = stages.names().isEmpty() ? "" : stages.before(container.getName());
        String image = stage + (stage.isEmpty() ? "Image " : "image ") + container.getImage() + ": ";
        return switch (reason) {
            case "PodInitializing", "ContainerCreating" -> PodCause.waiting("ContainerCreating", "");
            case "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable" ->
                PodCause.waiting(IMAGE_PULL, image + message);
            case "InvalidImageName", "ErrImageNeverPull" -> PodCause.waiting(reason, image + message);
            default -> PodCause.waiting(reason, stage + message + advice(message));
        };
    }

    private static String advice(String message) {
        if (message.contains("runAsNonRoot") || message.contains("non-root policy")) {
            return ". Set the worker's user to a number other than 0 that its image can run as, or allow root.";
        }
        return "";
    }

    private static boolean onANode(Pod pod) {
        return pod.getSpec().getNodeName() != null
                && !pod.getSpec().getNodeName().isEmpty();
    }
}
