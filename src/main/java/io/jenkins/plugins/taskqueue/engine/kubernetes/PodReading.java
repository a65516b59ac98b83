package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads from a pod's status how far its attempt is. A status without container statuses, as fake nodes write it, will do. */
final class PodReading {
    private static final int RESULT_BYTES = 4096;

    private final Pod pod;
    private final PodStatus status;
    private final ContainerState worker;

    PodReading(Pod pod) {
        this.pod = pod;
        status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        worker = status.getContainerStatuses().stream()
                .filter(container -> UserPod.WORKER.equals(container.getName()))
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(new ContainerState());
    }

    PodRow row(int batch, int index, int attempt) {
        Phase phase = phase();
        PodCause cause =
                switch (phase) {
                    case PENDING -> PodWaiting.of(pod, status);
                    case FAILED -> PodFailure.of(pod, status);
                    default -> PodCause.NONE;
                };
        boolean terminal = phase == Phase.SUCCEEDED || phase == Phase.FAILED;
        Instant created = time(pod.getMetadata().getCreationTimestamp());
        Instant started = phase == Phase.PENDING ? null : started();
        return new PodRow(
                new PodView(
                        batch,
                        index,
                        attempt,
                        pod.getMetadata().getName(),
                        phase,
                        cause.disrupted(),
                        pod.getMetadata().getFinalizers().contains(Keys.FINALIZER),
                        created,
                        scheduled(),
                        started,
                        terminal ? ended(started == null ? created : started) : null,
                        cause.reason(),
                        cause.message(),
                        result()),
                cause.container(),
                false);
    }

    private Phase phase() {
        return switch (Objects.requireNonNullElse(status.getPhase(), "Pending")) {
            case "Succeeded" -> Phase.SUCCEEDED;
            case "Failed" -> Phase.FAILED;
            // "Unknown" is a node that is silent: the worker may still run
            case "Running", "Unknown" -> worker.getWaiting() == null ? Phase.RUNNING : Phase.PENDING;
            default -> willNeverRun() ? Phase.FAILED : Phase.PENDING;
        };
    }

    /** The API server binds no pod to a node any more once it is being deleted, so no worker of it can start. */
    private boolean willNeverRun() {
        return pod.getMetadata().getDeletionTimestamp() != null
                && (pod.getSpec().getNodeName() == null
                        || pod.getSpec().getNodeName().isEmpty());
    }

    private Instant scheduled() {
        if (pod.getSpec().getNodeName() == null || pod.getSpec().getNodeName().isEmpty()) {
            return null;
        }
        return condition(status, "PodScheduled")
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> time(condition.getLastTransitionTime()))
                .orElseGet(() -> time(
                        status.getStartTime() != null
                                ? status.getStartTime()
                                : pod.getMetadata().getCreationTimestamp()));
    }

    private Instant started() {
        if (worker.getRunning() != null) {
            return time(worker.getRunning().getStartedAt());
        }
        if (worker.getTerminated() != null) {
            return time(worker.getTerminated().getStartedAt());
        }
        return status.getContainerStatuses().isEmpty() ? time(status.getStartTime()) : null;
    }

    private Instant ended(Instant earliest) {
        if (worker.getTerminated() != null && time(worker.getTerminated().getFinishedAt()) != null) {
            return time(worker.getTerminated().getFinishedAt());
        }
        // DisruptionTarget or Ready: whatever changed last is when the end was written down
        Instant last = status.getConditions().stream()
                .map(condition -> time(condition.getLastTransitionTime()))
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(earliest);
        return earliest == null || last.isAfter(earliest) ? last : earliest;
    }

    private String result() {
        ContainerStateTerminated end = worker.getTerminated();
        if (end == null || end.getMessage() == null || PodFailure.neverStarted(end)) {
            return "";
        }
        return Text.head(end.getMessage(), RESULT_BYTES);
    }

    static Optional<PodCondition> condition(PodStatus status, String type) {
        List<PodCondition> conditions = status.getConditions();
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    /** The runtime writes 1970 for a container that never started. */
    static Instant time(String timestamp) {
        Instant time = timestamp == null || timestamp.isEmpty() ? null : Instant.parse(timestamp);
        return time == null || time.getEpochSecond() <= 0 ? null : time;
    }
}
