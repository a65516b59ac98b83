package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.taskqueue.engine.PodView;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a pod failed: by itself, or taken away by the cluster. The latter are the {@code DisruptionTarget} condition (its
 * reasons: Kubernetes documentation, "Pod disruption conditions"), the kubelet's own reasons for refusing or ending a
 * pod, and a deletion that nobody of ours asked for.
 */
final class PodFailure {
    private static final Map<String, String> DISRUPTIONS = Map.of(
            "PreemptionByScheduler", "Preempted",
            "DeletionByTaintManager", "NodeLost",
            "EvictionByEvictionAPI", "Evicted",
            "DeletionByPodGC", "NodeLost",
            "TerminationByKubelet", "Evicted");
    private static final Set<String> KUBELET = Set.of(
            "Evicted",
            "Preempting",
            "NodeLost",
            "Shutdown",
            "NodeShutdown",
            "Terminated",
            "UnexpectedAdmissionError",
            "NodeAffinity");
    private static final Map<Integer, String> SIGNALS = Map.of(
            129, "SIGHUP",
            130, "SIGINT",
            132, "SIGILL",
            134, "SIGABRT",
            135, "SIGBUS",
            136, "SIGFPE",
            137, "SIGKILL",
            139, "SIGSEGV",
            141, "SIGPIPE",
            143, "SIGTERM");

    /** Exit codes of a worker that was told to end, and of one that had to be made to. */
    private static final Set<Integer> STOPPED = Set.of(143, 137);

    private PodFailure() {}

    static PodCause of(Pod pod, PodStatus status, StageStates states) {
        String reason = Objects.requireNonNullElse(status.getReason(), "");
        String message = Objects.requireNonNullElse(status.getMessage(), "");
        if (reason.equals("DeadlineExceeded")) {
            Long seconds = pod.getSpec().getActiveDeadlineSeconds();
            String stage = states.atWork() ? " It was in " + states.stages().title(states.current()) + "." : "";
            return PodCause.failed(
                    reason, "The attempt took longer than its time-out of " + seconds + " s." + stage, UserPod.WORKER);
        }
        Optional<PodCondition> disruption = PodReading.condition(status, "DisruptionTarget")
                .filter(condition -> "True".equals(condition.getStatus()));
        if (disruption.isPresent()) {
            String word = DISRUPTIONS.getOrDefault(disruption.get().getReason(), "Disrupted");
            return PodCause.takenAway(
                    reason.isEmpty() ? word : reason,
                    message.isEmpty() ? disruption.get().getMessage() : message);
        }
        if (reason.equals("Evicted") && message.contains("exceeds the")) {
            return PodCause.failed(reason, message, UserPod.WORKER); // by its own limit, not by the node's need
        }
        if (KUBELET.contains(reason) || reason.startsWith("OutOf")) {
            return PodCause.takenAway(reason, message);
        }
        Optional<ContainerStatus> failed = failed(status);
        if (deleted(pod, failed)) {
            if (PodReading.isStopped(pod)) {
                return PodCause.takenAway(PodView.SUSPENDED, "its Job was suspended");
            }
            return PodCause.takenAway("Deleted", "The pod was deleted from outside before it had ended.");
        }
        return failed.map(container -> exit(pod, container, states.stages()))
                .orElseGet(() -> PodCause.failed(reason.isEmpty() ? "Failed" : reason, message, UserPod.WORKER));
    }

    /** The container that made the pod fail: an init container before all, then the worker, then any other. */
    private static Optional<ContainerStatus> failed(PodStatus status) {
        return Stream.of(
                        status.getInitContainerStatuses().stream(),
                        status.getContainerStatuses().stream()
                                .filter(container -> container.getName().equals(UserPod.WORKER)),
                        status.getContainerStatuses().stream())
                .flatMap(containers -> containers)
                .filter(container -> container.getState() != null
                        && container.getState().getTerminated() != null
                        && !Objects.equals(
                                0, container.getState().getTerminated().getExitCode()))
                .findFirst();
    }

    /**
     * Whether its deletion was asked for before it had ended: one that failed and was then deleted failed by itself. When
     * the kubelet reports that all has ended, a pod with a finalizer gets that moment as its deletion and no grace, and
     * when it was asked for is lost (seen with Kubernetes 1.35): then the signal that ended the worker tells.
     */
    private static boolean deleted(Pod pod, Optional<ContainerStatus> failed) {
        Instant deletion = PodReading.time(pod.getMetadata().getDeletionTimestamp());
        if (deletion == null) {
            return false;
        }
        Optional<ContainerStateTerminated> end =
                failed.map(container -> container.getState().getTerminated());
        Instant ended = end.map(terminated -> PodReading.time(terminated.getFinishedAt()))
                .orElse(null);
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        if (ended != null && grace != null && grace == 0 && ended.isBefore(deletion)) {
            return !"OOMKilled".equals(end.get().getReason())
                    && STOPPED.contains(end.get().getExitCode());
        }
        return ended == null || !ended.isBefore(deletion.minusSeconds(grace == null ? 0 : grace));
    }

    private static PodCause exit(Pod pod, ContainerStatus container, PodStages stages) {
        ContainerStateTerminated end = container.getState().getTerminated();
        String name = container.getName();
        String who = stages.before(name);
        if ("OOMKilled".equals(end.getReason())) {
            return PodCause.failed("OOMKilled", who + "it used more memory than its limit" + limit(pod, name), name);
        }
        if (neverStarted(end)) {
            return PodCause.failed(end.getReason(), who + Objects.requireNonNullElse(end.getMessage(), ""), name);
        }
        int code = end.getExitCode();
        String signal = SIGNALS.containsKey(code) ? " (" + SIGNALS.get(code) + ")" : "";
        return PodCause.failed("ExitCode", who + "exit code " + code + signal, name);
    }

    /** Whether the runtime could not start the container at all: its message is no result then. */
    static boolean neverStarted(ContainerStateTerminated end) {
        return "StartError".equals(end.getReason()) || "ContainerCannotRun".equals(end.getReason());
    }

    private static String limit(Pod pod, String container) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .filter(one -> one.getName().equals(container) && one.getResources() != null)
                .map(one -> one.getResources().getLimits())
                .filter(Objects::nonNull)
                .map(limits -> limits.get("memory"))
                .filter(Objects::nonNull)
                .map(Quantity::toString)
                .map(memory -> " of " + memory + ": raise the memory limit")
                .findFirst()
                .orElse("");
    }
}
