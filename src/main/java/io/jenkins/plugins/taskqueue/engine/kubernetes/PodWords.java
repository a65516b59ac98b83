package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentences to what is seen of a pod. */
final class PodWords {
    static final String DELETED = "The pod was deleted from outside before it had ended.";

    private PodWords() {}

    static String first(String... words) {
        return Stream.of(words)
                .filter(word -> word != null && !word.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** What is said of the container that ended, after its title. */
    static String of(PodFacts pod, String text) {
        return pod.states.stages().before(pod.end().container()) + text;
    }

    static String outOfMemory(PodFacts pod) {
        String limit = pod.specs()
                .filter(container -> pod.end().container().equals(container.getName()))
                .map(PodWords::memory)
                .filter(Objects::nonNull)
                .findFirst()
                .map(memory -> "it used more memory than its limit of " + memory + ": raise the memory limit")
                .orElse("it was killed for want of memory, though it has no limit: its node had none left");
        return of(pod, limit);
    }

    private static Quantity memory(Container container) {
        return container.getResources() == null || container.getResources().getLimits() == null
                ? null
                : container.getResources().getLimits().get("memory");
    }

    static String timedOut(PodFacts pod) {
        String where = pod.hasStarted() ? "" : " No container of it had started.";
        if (!pod.states.stages().names().isEmpty() && pod.states.reached() >= 0) {
            where = " It was in " + pod.states.stages().title(pod.states.current()) + ".";
        }
        return "The attempt took longer than its time-out of " + pod.spec.getActiveDeadlineSeconds() + " s." + where;
    }

    static String disruption(PodFacts pod) {
        String said = pod.disruption().map(PodCondition::getMessage).orElse("");
        return first(pod.message(), said, "The cluster took the pod away.");
    }

    static String lost(PodFacts pod) {
        return of(pod, "its node or its runtime was started again, and how it ended is not known")
                + first(pod.end().message().isEmpty() ? "" : " (" + pod.end().message() + ")");
    }

    /** Another container that ended badly, no later than the worker: told, not blamed. Empty for none. */
    static String neighbour(PodFacts pod) {
        Instant until = pod.end() == null ? null : pod.end().at();
        return pod.others()
                .map(ContainerEnd::of)
                .filter(one -> one != null && one.code() != 0)
                .filter(one -> until == null || one.at() == null || !one.at().isAfter(until))
                .findFirst()
                .map(one -> "The container \"" + one.container() + "\" ended with " + one.sentence() + ".")
                .orElse("");
    }

    static String leftOver(PodFacts pod) {
        String who = pod.containers()
                .filter(ContainerEnd::isRunning)
                .map(ContainerStatus::getName)
                .collect(Collectors.joining(", "));
        return of(pod, "ended with " + pod.end().sentence())
                + (who.isEmpty() ? "." : "; what still runs: " + who + ".");
    }

    static String silent(PodFacts pod) {
        String since = pod.condition("Ready", "False")
                .map(ready -> ", as Kubernetes says since " + ready.getLastTransitionTime())
                .orElse("");
        return "The node " + pod.node() + " has not been heard of" + since + "; "
                + (pod.isDeleting()
                        ? "its pod is being deleted. If the node is gone for good, delete it or force the pod's deletion."
                        : "its worker may still run.");
    }

    static String deleting(PodFacts pod) {
        if (pod.isForced()) {
            return "The deletion of its pod was forced; its node " + pod.node() + " has yet to say that it has ended.";
        }
        String why = pod.disruption().map(PodCondition::getMessage).orElse("");
        return "Its pod is being deleted, and has until " + pod.deletion() + " to end"
                + (first(why).isEmpty() ? "." : ": " + why);
    }
}
