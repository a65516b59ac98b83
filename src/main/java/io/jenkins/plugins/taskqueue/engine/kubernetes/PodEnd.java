package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEnd.Means.DONE;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEnd.Means.FAILED;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodEnd.Means.TAKEN_AWAY;

import io.jenkins.plugins.taskqueue.engine.PodView;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is seen of a pod that is over, and what that means: the first line that fits. First what the worker did; only where
 * it did not end by itself, what Kubernetes says of the pod and its node. docs/pods.md has the same lines, with where Kubernetes says so.
 */
enum PodEnd {
    OUT_OF_MEMORY(
            "a container of the attempt ended with the reason `OOMKilled`, and not with 0",
            FAILED,
            "OOMKilled",
            pod -> pod.endedWith("OOMKilled") && !pod.hasSucceeded(),
            PodWords::outOfMemory),
    NOT_STARTABLE(
            "… `StartError` or `ContainerCannotRun`: its command can't be run",
            FAILED,
            "as found",
            pod -> pod.endedWith("StartError", "ContainerCannotRun"),
            pod -> PodWords.of(pod, pod.end().message())),
    SUCCEEDED(
            "`worker` ended with 0, and nobody had told it to end",
            DONE,
            "",
            pod -> pod.hasSucceeded() && !pod.isTold() && !pod.isTimedOut(),
            PodWords::neighbour),
    SUSPENDED(
            "it ended after we had deleted its pod, because its Job is suspended",
            TAKEN_AWAY,
            "Suspended",
            pod -> pod.isStopped() && pod.isTold(),
            pod -> "Its Job was suspended."),
    TIMED_OUT(
            "the pod's reason is `DeadlineExceeded`, and `worker` had not ended before that time",
            FAILED,
            "DeadlineExceeded",
            PodFacts::isTimedOut,
            PodWords::timedOut),
    OWN_LIMIT(
            "the pod's reason is `Evicted`, there is no `DisruptionTarget`, and the message names a limit of the pod",
            FAILED,
            "Evicted",
            pod -> pod.reason().equals("Evicted")
                    && pod.disruption().isEmpty()
                    && pod.message().contains("limit"),
            PodFacts::message),
    PREEMPTED(
            "`DisruptionTarget` is true by `PreemptionByScheduler` before the end",
            TAKEN_AWAY,
            "Preempted",
            pod -> pod.isDisruptedBy("PreemptionByScheduler") && pod.isTold(),
            PodWords::disruption),
    TAINTED(
            "… by `DeletionByTaintManager`: the node is silent, not ready or tainted",
            TAKEN_AWAY,
            "Tainted",
            pod -> pod.isDisruptedBy("DeletionByTaintManager") && pod.isTold(),
            PodWords::disruption),
    EVICTED(
            "… by `EvictionByEvictionAPI`, as a drain asks for",
            TAKEN_AWAY,
            "Evicted",
            pod -> pod.isDisruptedBy("EvictionByEvictionAPI") && pod.isTold(),
            PodWords::disruption),
    NODE_GONE(
            "… by `DeletionByPodGC`: the node is no more",
            TAKEN_AWAY,
            "NodeLost",
            pod -> pod.isDisruptedBy("DeletionByPodGC") && pod.isTold(),
            PodWords::disruption),
    DISRUPTED(
            "… by `TerminationByKubelet`, or by any other reason or none",
            TAKEN_AWAY,
            "the pod's reason, else that of the condition, else `Disrupted`",
            pod -> pod.disruption().isPresent() && pod.isTold(),
            PodWords::disruption),
    ENDED_BY_NODE(
            "the pod's reason is `Evicted`, `Preempting`, `Terminated`, `Shutdown`, `NodeShutdown` or `NodeLost`",
            TAKEN_AWAY,
            "as found",
            PodFacts::isEndedByNode,
            PodFacts::message),
    REFUSED(
            "the pod is `Failed`, and no container of it ever started (`NodePorts`, `NodeAffinity`, `OutOfcpu`, "
                    + "`UnexpectedAdmissionError`, `AppArmor` and whatever else a kubelet refuses)",
            TAKEN_AWAY,
            "as found, else `NeverStarted`",
            pod -> pod.isPhase("Failed") && !pod.hasStarted() && !pod.isDeleting(),
            pod -> pod.message().isEmpty() ? "Its pod failed before a container had started." : pod.message()),
    FORCED(
            "its deletion was forced, which is to ask for it with no grace, and its node is silent or has started no container of it",
            TAKEN_AWAY,
            "Deleted",
            pod -> pod.isGivenUp() && pod.isTold() && !pod.node().isEmpty(),
            pod -> "Its deletion was forced, and its node " + pod.node() + " says nothing of a worker."),
    DELETED(
            "its deletion was asked for before the end, or before it had a node",
            TAKEN_AWAY,
            "Deleted",
            pod -> pod.isDeleting() && pod.isTold(),
            pod -> PodWords.DELETED),
    LOST(
            "a container of the attempt ended with the reason `Unknown` (255) or `ContainerStatusUnknown` (137): its node or "
                    + "its runtime was started again",
            TAKEN_AWAY,
            "ContainerLost",
            pod -> pod.end() != null && pod.end().isLost(),
            PodWords::lost),
    EXIT_CODE(
            "a container of the attempt ended with another code than 0",
            FAILED,
            "ExitCode",
            pod -> pod.end() != null && !pod.hasSucceeded(),
            pod -> PodWords.of(pod, pod.end().sentence())),
    UNKNOWN(
            "anything else: nobody says how `worker` ended",
            TAKEN_AWAY,
            "as found, else `Failed`",
            pod -> true,
            PodFacts::message);

    /** What an end is for its item: done, one of its retries, or one of its disruption retries. */
    enum Means {
        DONE("done"),
        FAILED("failed by itself"),
        TAKEN_AWAY("taken away");

        private final String text;

        Means(String text) {
            this.text = text;
        }
    }

    final Means means;
    private final String seen;
    private final String reason;
    private final Predicate<PodFacts> fits;
    private final Function<PodFacts, String> sentence;

    PodEnd(String seen, Means means, String reason, Predicate<PodFacts> fits, Function<PodFacts, String> sentence) {
        this.seen = seen;
        this.means = means;
        this.reason = reason;
        this.fits = fits;
        this.sentence = sentence;
    }

    static PodEnd of(PodFacts pod) {
        return Arrays.stream(values())
                .filter(line -> line.fits.test(pod))
                .findFirst()
                .orElseThrow();
    }

    String reason(PodFacts pod) {
        return switch (this) {
            case SUSPENDED -> PodView.SUSPENDED;
            case NOT_STARTABLE -> pod.end().reason();
            case DISRUPTED ->
                PodWords.first(pod.reason(), pod.disruption().orElseThrow().getReason(), "Disrupted");
            case ENDED_BY_NODE -> pod.reason();
            case REFUSED -> PodWords.first(pod.reason(), "NeverStarted");
            case UNKNOWN -> PodWords.first(pod.reason(), "Failed");
            default -> reason;
        };
    }

    String sentence(PodFacts pod) {
        return sentence.apply(pod);
    }

    /** How its line in the document begins. */
    String line() {
        return "| " + seen + " | " + means.text + " | " + reason + " |";
    }
}
