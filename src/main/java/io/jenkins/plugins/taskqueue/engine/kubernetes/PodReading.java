package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads from a pod's status how far its attempt is. A status without container statuses, as fake nodes write it, will do. */
final class PodReading {
    private static final int RESULT_BYTES = 4096;

    private final Pod pod;
    private final PodStatus status;
    private final PodStages stages;
    private final StageStates states;

    PodReading(Pod pod) {
        this.pod = pod;
        status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        stages = PodStages.of(pod);
        states = StageStates.of(stages, status);
    }

    PodRow row(int batch, int index, int attempt) {
        Phase phase = phase();
        PodCause cause = cause(phase);
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
                        pod.getMetadata().getDeletionTimestamp() != null,
                        created,
                        phase == Phase.PENDING ? scheduled() : phase == Phase.RUNNING ? stageEnded() : null,
                        started,
                        terminal ? ended(started == null ? created : started) : null,
                        cause.reason(),
                        cause.message(),
                        result()),
                logs(cause),
                false);
    }

    private PodCause cause(Phase phase) {
        boolean live = phase == Phase.PENDING || phase == Phase.RUNNING;
        if (live && isStopped(pod)) {
            return PodCause.waiting(PodView.SUSPENDED, "Its Job was suspended, so the worker is being stopped.");
        }
        return switch (phase) {
            case PENDING -> PodWaiting.of(pod, status);
            case FAILED -> PodFailure.of(pod, status, states);
            default -> phase == Phase.RUNNING && !stages.names().isEmpty() ? atStage() : PodCause.NONE;
        };
    }

    /** Whether it was deleted by us, because its Job is suspended. */
    static boolean isStopped(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null
                && pod.getMetadata().getAnnotations().containsKey(Keys.SUSPENDED);
    }

    private Phase phase() {
        return switch (Objects.requireNonNullElse(status.getPhase(), "Pending")) {
            case "Succeeded" -> Phase.SUCCEEDED;
            case "Failed" -> Phase.FAILED;
            // "Unknown" is a node that is silent: the worker may still run
            case "Running", "Unknown" ->
                worker().getWaiting() == null || states.atWork() ? Phase.RUNNING : Phase.PENDING;
            default -> willNeverRun() ? Phase.FAILED : states.atWork() ? Phase.RUNNING : Phase.PENDING;
        };
    }

    private ContainerState worker() {
        return states.all().get(states.all().size() - 1);
    }

    /** Which stage runs, or what the next one waits for. */
    private PodCause atStage() {
        if (states.between()) {
            PodCause waiting = PodWaiting.of(pod, status);
            boolean ordinary = waiting.message().isEmpty();
            return ordinary ? PodCause.waiting("", stages.title(states.current())) : waiting;
        }
        return states.reached() < 0 ? PodCause.NONE : PodCause.waiting("", stages.title(states.current()));
    }

    private Instant stageEnded() {
        return states.between() ? time(states.end().getFinishedAt()) : null;
    }

    /** Containers whose logs tell of the attempt, in their order: those of the stages so far, and the one that failed. */
    private List<PodLog.Part> logs(PodCause cause) {
        List<PodLog.Part> parts = new ArrayList<>();
        if (stages.names().isEmpty()) {
            return List.of(new PodLog.Part(cause.container(), ""));
        }
        List<String> begun = stages.containers().subList(0, states.reached() + 1);
        begun.forEach(container -> parts.add(new PodLog.Part(container, stages.title(container))));
        if (!stages.has(cause.container())) {
            parts.add(new PodLog.Part(cause.container(), stages.title(cause.container())));
        }
        return parts.isEmpty() ? List.of(new PodLog.Part(UserPod.WORKER, "")) : parts;
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
        Instant first = states.started();
        return first == null
                        && states.reached() < 0
                        && status.getContainerStatuses().isEmpty()
                ? time(status.getStartTime())
                : first;
    }

    private Instant ended(Instant earliest) {
        if (states.end() != null && time(states.end().getFinishedAt()) != null) {
            return time(states.end().getFinishedAt());
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
        ContainerStateTerminated end = states.end();
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
