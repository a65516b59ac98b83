package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.at;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.deleted;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.disrupted;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.ended;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.runs;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.waits;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Pods that are not over, and the line of the table that is each one's. */
final class PodWaitCases {
    static final String ON_NODE = "nodeName: n,";
    static final String SIDECAR = "nodeName: n, initContainers: [{name: mesh, restartPolicy: Always}],";
    static final String SILENT = "{type: Ready, status: 'False', lastTransitionTime: " + at(40)
            + "}, {type: ContainersReady, status: 'True'}";
    static final String NONE = "";

    private PodWaitCases() {}

    static Stream<Arguments> lines() {
        String suspended = "annotations: {'" + Keys.SUSPENDED + "': 'true'}," + deleted(5);
        String stages = "annotations: {'" + Keys.STAGES + "': 'one,two'},";
        String forced = "deletionTimestamp: " + at(50) + ", deletionGracePeriodSeconds: 0,";
        String unscheduled = "{type: PodScheduled, status: 'False', reason: SchedulingGated, message: gated}";
        return Stream.of(
                line(
                        PodWait.SUSPENDED,
                        Phase.RUNNING,
                        "Suspended",
                        "stopped",
                        suspended,
                        ON_NODE,
                        NONE,
                        runs("worker")),
                line(
                        PodWait.SILENT_NODE,
                        Phase.RUNNING,
                        "NodeNotReady",
                        "The node n has not been heard of",
                        "",
                        ON_NODE,
                        SILENT,
                        runs("worker")),
                line(
                        PodWait.SILENT_NODE,
                        Phase.RUNNING,
                        "NodeNotReady",
                        "its pod is being deleted",
                        deleted(45),
                        ON_NODE,
                        SILENT,
                        runs("worker")),
                line(
                        PodWait.LEFT_OVER,
                        Phase.RUNNING,
                        "Ending",
                        "ended with exit code 0; what still runs: proxy.",
                        "",
                        ON_NODE,
                        NONE,
                        ended("worker", 0, "Completed", 9) + "," + runs("proxy")),
                line(
                        PodWait.DISRUPTION,
                        Phase.RUNNING,
                        "Evicted",
                        "said",
                        deleted(5),
                        ON_NODE,
                        disrupted("EvictionByEvictionAPI", 5),
                        runs("worker")),
                line(
                        PodWait.DISRUPTION,
                        Phase.RUNNING,
                        "Disrupted",
                        "12:00:35",
                        deleted(5),
                        ON_NODE,
                        "{type: DisruptionTarget, status: 'True'}",
                        runs("worker")),
                line(
                        PodWait.DELETION,
                        Phase.RUNNING,
                        "Deleting",
                        "has until 2026-11-24T12:00:35Z",
                        deleted(5),
                        ON_NODE,
                        NONE,
                        runs("worker")),
                line(
                        PodWait.DELETION,
                        Phase.PENDING,
                        "Deleting",
                        "being deleted",
                        deleted(5),
                        ON_NODE,
                        NONE,
                        waits("worker", "ContainerCreating")),
                line(
                        PodWait.DELETION,
                        Phase.RUNNING,
                        "Deleting",
                        "forced; its node n has yet to say",
                        forced,
                        ON_NODE,
                        NONE,
                        runs("worker")),
                line(PodWait.UNSCHEDULED, Phase.PENDING, "SchedulingGated", "gated", "", NONE, unscheduled, NONE),
                line(
                        PodWait.UNSCHEDULED,
                        Phase.PENDING,
                        "Unschedulable",
                        "",
                        "",
                        NONE,
                        "{type: PodScheduled, status: 'False'}",
                        NONE),
                line(PodWait.UNSEEN, Phase.PENDING, "Scheduling", "", "", NONE, NONE, NONE),
                line(
                        PodWait.IMAGE,
                        Phase.PENDING,
                        "ImagePullBackOff",
                        "Image i: why",
                        "",
                        ON_NODE,
                        NONE,
                        waits("worker", "ErrImagePull")),
                line(
                        PodWait.IMAGE,
                        Phase.PENDING,
                        "ImagePullBackOff",
                        "container \"proxy\": image i",
                        "",
                        ON_NODE,
                        NONE,
                        waits("proxy", "ImagePullBackOff") + "," + waits("worker", "ContainerCreating")),
                line(
                        PodWait.IMAGE,
                        Phase.RUNNING,
                        "ImagePullBackOff",
                        "container \"proxy\": image i",
                        "",
                        ON_NODE,
                        NONE,
                        waits("proxy", "ErrImagePull") + "," + runs("worker")),
                line(
                        PodWait.NO_IMAGE,
                        Phase.PENDING,
                        "ErrImageNeverPull",
                        "Image i: why",
                        "",
                        ON_NODE,
                        NONE,
                        waits("worker", "ErrImageNeverPull")),
                line(
                        PodWait.CONTAINER,
                        Phase.PENDING,
                        "CreateContainerConfigError",
                        "why",
                        "",
                        ON_NODE,
                        NONE,
                        waits("worker", "CreateContainerConfigError")),
                line(
                        PodWait.CONTAINER,
                        Phase.PENDING,
                        "NobodyKnowsThis",
                        "why",
                        "",
                        ON_NODE,
                        NONE,
                        waits("worker", "NobodyKnowsThis")),
                line(PodWait.AT_STAGE, Phase.RUNNING, "", "stage two, 2 of 2", stages, ON_NODE, NONE, runs("worker")),
                line(PodWait.AT_WORK, Phase.RUNNING, "", "", "", ON_NODE, NONE, runs("worker")),
                line(
                        PodWait.AT_WORK,
                        Phase.RUNNING,
                        "",
                        "\"proxy\" ended with exit code 1",
                        "",
                        ON_NODE,
                        NONE,
                        runs("worker") + "," + ended("proxy", 1, "Error", 9)),
                line(
                        PodWait.PREPARED,
                        Phase.PENDING,
                        "ContainerCreating",
                        "",
                        "",
                        ON_NODE,
                        NONE,
                        waits("worker", "ContainerCreating")),
                initLine(
                        PodWait.INITIALIZING,
                        "Initializing",
                        "\"fetch\" runs before the worker",
                        ON_NODE,
                        runs("fetch")),
                initLine(PodWait.INITIALIZING, "Initializing", "\"mesh\" runs", SIDECAR, runs("mesh")),
                initLine(
                        PodWait.CONTAINER,
                        "CrashLoopBackOff",
                        "container \"mesh\": why",
                        SIDECAR,
                        waits("mesh", "CrashLoopBackOff")),
                initLine(
                        PodWait.PREPARED,
                        "ContainerCreating",
                        "",
                        SIDECAR,
                        runs("mesh").replace("state", "started: true, state")));
    }

    static Arguments line(
            PodWait line,
            Phase phase,
            String reason,
            String message,
            String metadata,
            String spec,
            String conditions,
            String containers) {
        return arguments(line, phase, reason, message, PodYaml.pod(metadata, spec, status(conditions, containers)));
    }

    static Arguments initLine(PodWait line, String reason, String message, String spec, String init) {
        String status = status(NONE, waits("worker", "PodInitializing"))
                .replace("{phase", "{initContainerStatuses: [" + init + "], phase");
        return arguments(line, Phase.PENDING, reason, message, PodYaml.pod("", spec, status));
    }

    static String status(String conditions, String containers) {
        return "{phase: Pending, conditions: [%s], containerStatuses: [%s]}".formatted(conditions, containers);
    }
}
