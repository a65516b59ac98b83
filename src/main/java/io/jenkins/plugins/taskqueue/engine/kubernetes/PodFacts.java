package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is seen of a pod, free of any meaning. A field that is absent is as one that says nothing. */
final class PodFacts {
    /** The pod's reason where its node ended it. */
    private static final Set<String> BY_NODE =
            Set.of("Evicted", "Preempting", "Terminated", "Shutdown", "NodeShutdown", "NodeLost");

    final PodSpec spec;
    final StageStates states;
    private final Pod pod;
    private final PodStatus status;
    private final List<ContainerStatus> initContainers;
    private final List<ContainerStatus> regular;
    private final Set<String> sidecars;
    private final ContainerEnd end;
    private final ToldToEnd told;

    /** @param earlier of the sightings before this one */
    PodFacts(Pod pod, ToldToEnd earlier) {
        this.pod = pod;
        spec = Objects.requireNonNullElseGet(pod.getSpec(), PodSpec::new);
        status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        initContainers = some(status.getInitContainerStatuses());
        regular = some(status.getContainerStatuses());
        states = StageStates.of(PodStages.of(pod), containers().toList());
        sidecars = some(spec.getInitContainers()).stream()
                .filter(container -> "Always".equals(container.getRestartPolicy()))
                .map(container -> container.getName())
                .collect(Collectors.toSet());
        end = findEnd();
        told = earlier.after(this);
    }

    /** The init container that failed, else the worker if it has ended. Native sidecars never count. */
    private ContainerEnd findEnd() {
        Stream<ContainerEnd> failed = initContainers.stream()
                .filter(container -> !isSidecar(container))
                .map(ContainerEnd::of)
                .filter(one -> one != null && one.code() != 0);
        Stream<ContainerEnd> worker = regular.stream()
                .filter(PodFacts::isWorker)
                .map(ContainerEnd::of)
                .filter(Objects::nonNull);
        return Stream.concat(failed, worker).findFirst().orElse(null);
    }

    private static boolean isWorker(ContainerStatus container) {
        return UserPod.WORKER.equals(container.getName());
    }

    boolean isSidecar(ContainerStatus container) {
        return sidecars.contains(container.getName());
    }

    /** In the order in which they run. */
    Stream<ContainerStatus> containers() {
        return Stream.concat(initContainers.stream(), regular.stream());
    }

    Stream<ContainerStatus> initContainers() {
        return initContainers.stream();
    }

    /** Regular containers beside the worker, without whose end the pod does not end. */
    Stream<ContainerStatus> others() {
        return regular.stream().filter(container -> !isWorker(container));
    }

    /** How what does the item ended, as far as anybody says; null before. */
    ContainerEnd end() {
        return end;
    }

    /** The same; null also where the container was lost. */
    ContainerEnd knownEnd() {
        return end == null || end.isLost() ? null : end;
    }

    /** When the last of its containers ended, as far as anybody says; null where nobody does. */
    Instant lastEnd() {
        return containers()
                .map(ContainerEnd::of)
                .filter(one -> one != null && one.at() != null)
                .map(ContainerEnd::at)
                .max(Instant::compareTo)
                .orElse(null);
    }

    boolean endedWith(String... reasons) {
        return end != null && Set.of(reasons).contains(end.reason());
    }

    /** Whether what the runtime or the kubelet says of it stands where the worker's result would. */
    boolean hasNoResult() {
        return end != null && (end.isLost() || endedWith("StartError", "ContainerCannotRun"));
    }

    boolean isPhase(String phase) {
        return phase.equals(status.getPhase());
    }

    private boolean hasEnded() {
        return isPhase("Succeeded") || isPhase("Failed");
    }

    /** Whether nothing of it runs or will, or a person says so where no node contradicts. */
    boolean isOver() {
        return hasEnded() || isDeleting() && node().isEmpty() || isGivenUp();
    }

    /** Whether a person says that it is dead, and its node is silent or has never begun with it. */
    boolean isGivenUp() {
        return isForced() && (isSilent() || !hasStarted());
    }

    /** Whether what does the item has been started. */
    boolean isAtWork() {
        boolean bare =
                (isPhase("Running") || isPhase("Unknown")) && states.worker().getWaiting() == null;
        return bare || states.reached() >= 0;
    }

    boolean hasStarted() {
        return containers().anyMatch(one -> ContainerEnd.isRunning(one) || ContainerEnd.of(one) != null);
    }

    boolean hasSucceeded() {
        return end == null ? isPhase("Succeeded") : end.code() == 0;
    }

    /** Whether only other containers keep it from its end, and nobody has told them to end. */
    boolean isLeftOver() {
        boolean isWorkers = knownEnd() != null && end.container().equals(UserPod.WORKER);
        boolean awaited = others().anyMatch(container -> ContainerEnd.of(container) == null);
        return isWorkers && awaited && !isOver() && !isDeleting();
    }

    Stream<Container> specs() {
        return Stream.concat(some(spec.getInitContainers()).stream(), some(spec.getContainers()).stream());
    }

    String reason() {
        return Objects.requireNonNullElse(status.getReason(), "");
    }

    String message() {
        return Objects.requireNonNullElse(status.getMessage(), "");
    }

    String node() {
        return Objects.requireNonNullElse(spec.getNodeName(), "");
    }

    Instant startTime() {
        return time(status.getStartTime());
    }

    Instant created() {
        return time(pod.getMetadata().getCreationTimestamp());
    }

    List<PodCondition> conditions() {
        return some(status.getConditions());
    }

    Optional<PodCondition> condition(String type, String value) {
        return conditions().stream()
                .filter(condition -> type.equals(condition.getType()) && value.equals(condition.getStatus()))
                .findFirst();
    }

    Optional<PodCondition> disruption() {
        return condition("DisruptionTarget", "True");
    }

    boolean isDisruptedBy(String reason) {
        return disruption().filter(one -> reason.equals(one.getReason())).isPresent();
    }

    boolean isEndedByNode() {
        return BY_NODE.contains(reason()) && hasEnded();
    }

    /**
     * Whether its node has not been heard of: the node controller takes the pod's readiness away and leaves that of its
     * containers, which the kubelet sets together.
     */
    boolean isSilent() {
        boolean marked = condition("Ready", "False").isPresent()
                && condition("ContainersReady", "True").isPresent()
                && some(spec.getReadinessGates()).isEmpty();
        return !hasEnded() && (marked || isPhase("Unknown") || reason().equals("NodeLost"));
    }

    boolean isDeleting() {
        return deletion() != null;
    }

    /** By when it has to have ended. */
    Instant deletion() {
        return time(pod.getMetadata().getDeletionTimestamp());
    }

    /** Seconds that it has from when its deletion was asked for; 0 also of what has ended. */
    long grace() {
        return Objects.requireNonNullElse(pod.getMetadata().getDeletionGracePeriodSeconds(), 0L);
    }

    boolean isForced() {
        return isDeleting() && grace() == 0 && !hasEnded();
    }

    Long generation() {
        return pod.getMetadata().getGeneration();
    }

    Long observedGeneration() {
        return status.getObservedGeneration();
    }

    boolean isMarked(String annotation) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(annotation);
    }

    /** Whether it was deleted by us, because its Job is suspended. */
    boolean isStopped() {
        return isDeleting() && isMarked(Keys.SUSPENDED);
    }

    boolean isTracked() {
        return some(pod.getMetadata().getFinalizers()).contains(Keys.FINALIZER);
    }

    /** Whether its time-out ended it, and not the worker itself before. */
    boolean isTimedOut() {
        Long seconds = spec.getActiveDeadlineSeconds();
        Instant limit =
                seconds == null || startTime() == null ? null : startTime().plusSeconds(seconds);
        return reason().equals("DeadlineExceeded") && (knownEnd() == null || ToldToEnd.isNotBefore(end.at(), limit));
    }

    boolean isTold() {
        return told.before(this);
    }

    /** For the next sighting. */
    ToldToEnd told() {
        return told;
    }

    private static <T> List<T> some(List<T> list) {
        return list == null ? List.of() : list;
    }

    /** The runtime writes 1970 for a container that never started. */
    static Instant time(String timestamp) {
        Instant time = timestamp == null || timestamp.isEmpty() ? null : Instant.parse(timestamp);
        return time == null || time.getEpochSecond() <= 0 ? null : time;
    }
}
