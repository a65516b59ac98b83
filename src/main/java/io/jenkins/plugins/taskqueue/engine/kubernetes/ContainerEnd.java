package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a container ended.
 *
 * @param reason one word of the runtime or the kubelet, may be empty
 * @param at when; null where nobody says
 */
record ContainerEnd(String container, int code, String reason, String message, Instant at) {
    /** Of a container whose end nobody knows: containerd's word for it, and the kubelet's. */
    private static final Set<String> LOST = Set.of("Unknown", "ContainerStatusUnknown");

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

    /** Null for one that has not ended. */
    static ContainerEnd of(ContainerStatus container) {
        ContainerStateTerminated end =
                container.getState() == null ? null : container.getState().getTerminated();
        if (end == null && container.getLastState() != null && !isRunning(container)) {
            end = container.getLastState().getTerminated(); // so the kubelet writes of one that it lost
        }
        return end == null
                ? null
                : new ContainerEnd(
                        container.getName(),
                        Objects.requireNonNullElse(end.getExitCode(), 0),
                        Objects.requireNonNullElse(end.getReason(), ""),
                        Objects.requireNonNullElse(end.getMessage(), ""),
                        PodFacts.time(end.getFinishedAt()));
    }

    static boolean isRunning(ContainerStatus container) {
        return container.getState() != null && container.getState().getRunning() != null;
    }

    boolean isLost() {
        return LOST.contains(reason);
    }

    /** Whether that is how one ends that was told to, or had to be made to. */
    boolean isStopped() {
        return code == 143 || code == 137;
    }

    String sentence() {
        return "exit code " + code + (SIGNALS.containsKey(code) ? " (" + SIGNALS.get(code) + ")" : "");
    }
}
