package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.jenkins.plugins.taskqueue.engine.PodView;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is seen of a pod that is not over, and what its row says: the first line that fits. What is not known here is told as
 * it was found. docs/pods.md has the same lines, with where Kubernetes says so.
 */
enum PodWait {
    SUSPENDED(
            "we have deleted it, because its Job is suspended",
            PodView.SUSPENDED,
            PodFacts::isStopped,
            pod -> "Its Job was suspended, so the worker is being stopped."),
    SILENT_NODE(
            "`Ready` is false and `ContainersReady` is true; or the pod is `Unknown`, or its reason `NodeLost`",
            "NodeNotReady",
            PodFacts::isSilent,
            PodWords::silent),
    LEFT_OVER(
            "`worker` has ended, and another container has not: it is stopped, if it is no native sidecar",
            "Ending",
            pod -> pod.knownEnd() != null,
            PodWords::leftOver),
    DISRUPTION(
            "it is being deleted, and `DisruptionTarget` is true",
            "as when it has ended",
            pod -> pod.isDeleting() && pod.disruption().isPresent(),
            PodWords::deleting),
    DELETION("it is being deleted", "Deleting", PodFacts::isDeleting, PodWords::deleting),
    UNSCHEDULED(
            "`PodScheduled` is false: `Unschedulable`, `SchedulingGated`, `SchedulerError`",
            "as found",
            pod -> pod.condition("PodScheduled", "False").isPresent(),
            pod -> pod.condition("PodScheduled", "False").orElseThrow().getMessage()),
    UNSEEN(
            "it has no node, and the scheduler says nothing",
            "Scheduling",
            pod -> pod.node().isEmpty(),
            pod -> ""),
    IMAGE(
            "the first container that waits says `ErrImagePull`, `ImagePullBackOff` or `RegistryUnavailable`",
            "ImagePullBackOff",
            pod -> waits(pod, "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable"),
            PodWait::image),
    NO_IMAGE(
            "… `InvalidImageName`, `ErrImageNeverPull`, `ImageInspectError` or `SignatureValidationFailed`",
            "as found",
            pod -> waits(
                    pod, "InvalidImageName", "ErrImageNeverPull", "ImageInspectError", "SignatureValidationFailed"),
            PodWait::image),
    CONTAINER(
            "… any other reason, as `CreateContainerConfigError`, `CreateContainerError`, `RunContainerError`, "
                    + "`CreatePodSandboxError` or, of a sidecar, `CrashLoopBackOff`",
            "as found",
            pod -> telling(pod).isPresent(),
            PodWait::container),
    AT_STAGE(
            "a stage runs, or the next one is being prepared",
            "",
            pod -> pod.isAtWork() && !pod.states.stages().names().isEmpty() && pod.states.reached() >= 0,
            pod -> pod.states.stages().title(pod.states.current())),
    AT_WORK("`worker` runs; another container that ended badly is told", "", PodFacts::isAtWork, PodWords::neighbour),
    INITIALIZING(
            "an init container runs that is no stage; of a native sidecar until it has started",
            "Initializing",
            pod -> initializing(pod).isPresent(),
            pod -> "The container \"" + initializing(pod).orElseThrow() + "\" runs before the worker."),
    PREPARED(
            "nothing else: volumes, the sandbox and images are being prepared. After some seconds its events are asked",
            "ContainerCreating, or that of an event which begins with `Failed`",
            pod -> true,
            pod -> "");

    /** What every container says before it is its turn. */
    private static final Set<String> ORDINARY = Set.of("", "ContainerCreating", "PodInitializing");

    private final String seen;
    private final String reason;
    private final Predicate<PodFacts> fits;
    private final Function<PodFacts, String> sentence;

    PodWait(String seen, String reason, Predicate<PodFacts> fits, Function<PodFacts, String> sentence) {
        this.seen = seen;
        this.reason = reason;
        this.fits = fits;
        this.sentence = sentence;
    }

    static PodWait of(PodFacts pod) {
        return Arrays.stream(values())
                .filter(line -> line.fits.test(pod))
                .findFirst()
                .orElseThrow();
    }

    String reason(PodFacts pod) {
        return switch (this) {
            case DISRUPTION -> PodEnd.of(pod).reason(pod);
            case UNSCHEDULED ->
                PodWords.first(
                        pod.condition("PodScheduled", "False").orElseThrow().getReason(), "Unschedulable");
            case NO_IMAGE, CONTAINER -> word(telling(pod).orElseThrow());
            case PREPARED -> "ContainerCreating";
            default -> reason;
        };
    }

    String sentence(PodFacts pod) {
        return Objects.requireNonNullElse(sentence.apply(pod), "");
    }

    /** Whether the pod itself does not say what it waits for. */
    boolean isSilent() {
        return this == PREPARED || this == UNSEEN;
    }

    /** How its line in the document begins. */
    String line() {
        return "| " + seen + " | " + reason + " |";
    }

    private static Optional<ContainerStatus> telling(PodFacts pod) {
        return pod.containers()
                .filter(container -> !ORDINARY.contains(word(container)))
                .findFirst();
    }

    private static boolean waits(PodFacts pod, String... words) {
        return telling(pod)
                .filter(container -> Set.of(words).contains(word(container)))
                .isPresent();
    }

    private static String word(ContainerStatus container) {
        return waiting(container).map(ContainerStateWaiting::getReason).orElse("");
    }

    private static Optional<ContainerStateWaiting> waiting(ContainerStatus container) {
        return Optional.ofNullable(container.getState()).map(state -> state.getWaiting());
    }

    private static String title(PodFacts pod, ContainerStatus container) {
        return pod.states.stages().before(container.getName());
    }

    private static String message(ContainerStatus container) {
        return waiting(container).map(ContainerStateWaiting::getMessage).orElse("");
    }

    private static String image(PodFacts pod) {
        ContainerStatus container = telling(pod).orElseThrow();
        String title = title(pod, container);
        return title + (title.isEmpty() ? "Image " : "image ") + container.getImage() + ": " + message(container);
    }

    private static String container(PodFacts pod) {
        ContainerStatus container = telling(pod).orElseThrow();
        String message = message(container);
        boolean isRoot = message.contains("runAsNonRoot") || message.contains("non-root policy");
        return title(pod, container)
                + message
                + (isRoot
                        ? ". Set the worker's user to a number other than 0 that its image can run as, or allow root."
                        : "");
    }

    private static Optional<String> initializing(PodFacts pod) {
        Stream<ContainerStatus> running = pod.initContainers().filter(ContainerEnd::isRunning);
        return running.filter(one -> !pod.isSidecar(one) || !Boolean.TRUE.equals(one.getStarted()))
                .map(ContainerStatus::getName)
                .findFirst();
    }
}
