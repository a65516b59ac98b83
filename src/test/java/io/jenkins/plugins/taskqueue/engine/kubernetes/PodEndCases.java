package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.at;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.deleted;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.disrupted;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.ended;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.runs;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.PodYaml.waits;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Pods that are over, and the line of the table that is each one's. */
final class PodEndCases {
    static final String ON_NODE = "nodeName: n,";
    static final String SIDECAR = "nodeName: n, initContainers: [{name: mesh, restartPolicy: Always}],";
    static final String SILENT = "{type: Ready, status: 'False', lastTransitionTime: " + at(40)
            + "}, {type: ContainersReady, status: 'True'}";
    static final String FORCED = "deletionTimestamp: " + at(50) + ", deletionGracePeriodSeconds: 0, generation: 2,";

    private PodEndCases() {}

    static Stream<Arguments> lines() {
        String killed = ended("worker", 137, "Error", 20);
        String mark = "annotations: {'" + Keys.SUSPENDED + "': 'true'},";
        String lastDelete = "deletionTimestamp: " + at(21) + ", deletionGracePeriodSeconds: 0,";
        return Stream.of(
                line(PodEnd.OUT_OF_MEMORY, "OOMKilled", "", "", failed(ended("worker", 137, "OOMKilled", 20))),
                line(PodEnd.OUT_OF_MEMORY, "OOMKilled", lastDelete, "", failed(ended("worker", 137, "OOMKilled", 20))),
                line(PodEnd.NOT_STARTABLE, "StartError", "", "", failed(ended("worker", 128, "StartError", 20))),
                line(PodEnd.SUCCEEDED, "", "", "", succeeded(ended("worker", 0, "Completed", 20))),
                line(PodEnd.SUCCEEDED, "", "", "", succeeded(ended("worker", 0, "OOMKilled", 20))),
                line(PodEnd.SUCCEEDED, "", "", "", "{phase: Succeeded}"),
                line(PodEnd.SUCCEEDED, "", deleted(21), "", succeeded(ended("worker", 0, "Completed", 20))),
                line(
                        PodEnd.SUCCEEDED,
                        "",
                        "",
                        "",
                        because("DeadlineExceeded", "late", ended("worker", 0, "Completed", 20))),
                line(
                        PodEnd.SUCCEEDED,
                        "",
                        "",
                        "",
                        failed(ended("worker", 0, "Completed", 20) + "," + ended("proxy", 1, "Error", 30))),
                line(
                        PodEnd.SUSPENDED,
                        "Suspended",
                        mark + deleted(20),
                        "",
                        succeeded(ended("worker", 0, "Completed", 20))),
                line(PodEnd.SUSPENDED, "Suspended", mark + deleted(19), "", failed(killed)),
                line(
                        PodEnd.TIMED_OUT,
                        "DeadlineExceeded",
                        "",
                        "",
                        because("DeadlineExceeded", "late", ended("worker", 143, "Error", 60))),
                line(
                        PodEnd.TIMED_OUT,
                        "DeadlineExceeded",
                        "",
                        "",
                        because("DeadlineExceeded", "late", ended("worker", 0, "Completed", 60))),
                line(
                        PodEnd.TIMED_OUT,
                        "DeadlineExceeded",
                        "",
                        "",
                        because("DeadlineExceeded", "late", waits("worker", "ContainerCreating"))),
                line(
                        PodEnd.OWN_LIMIT,
                        "Evicted",
                        "",
                        "",
                        because("Evicted", "Container worker exceeded its local ephemeral storage limit", killed)),
                line(
                        PodEnd.OWN_LIMIT,
                        "Evicted",
                        "",
                        "",
                        because("Evicted", "Usage of EmptyDir volume exceeds the limit", killed)),
                line(
                        PodEnd.PREEMPTED,
                        "Preempted",
                        deleted(10),
                        "",
                        conditions(disrupted("PreemptionByScheduler", 10), killed)),
                line(
                        PodEnd.TAINTED,
                        "Tainted",
                        deleted(10),
                        "",
                        conditions(disrupted("DeletionByTaintManager", 10), killed)),
                line(
                        PodEnd.EVICTED,
                        "Evicted",
                        deleted(10),
                        "",
                        conditions(disrupted("EvictionByEvictionAPI", 10), killed)),
                line(
                        PodEnd.EVICTED,
                        "Evicted",
                        deleted(10),
                        "",
                        conditions(disrupted("EvictionByEvictionAPI", 10), ended("worker", 0, "Completed", 10))
                                .replace("Failed", "Succeeded")),
                line(
                        PodEnd.NODE_GONE,
                        "NodeLost",
                        FORCED,
                        "",
                        conditions(disrupted("DeletionByPodGC", 10), runs("worker"))),
                line(
                        PodEnd.DISRUPTED,
                        "Disrupted",
                        "",
                        "",
                        conditions("{type: DisruptionTarget, status: 'True'}", killed)),
                line(PodEnd.DISRUPTED, "Other", "", "", conditions(disrupted("Other", 10), killed)),
                line(
                        PodEnd.DISRUPTED,
                        "Terminated",
                        "",
                        "",
                        conditions(disrupted("TerminationByKubelet", 40), ended("worker", 0, "Completed", 20))
                                .replace("phase: Failed", "phase: Failed, reason: Terminated")),
                line(
                        PodEnd.ENDED_BY_NODE,
                        "Evicted",
                        "",
                        "",
                        because("Evicted", "The node was low on resource: memory", killed)),
                line(PodEnd.ENDED_BY_NODE, "Preempting", "", "", because("Preempting", "critical", killed)),
                line(PodEnd.REFUSED, "NodePorts", "", "", because("NodePorts", "Pod was rejected", "")),
                line(
                        PodEnd.REFUSED,
                        "AnythingElse",
                        "",
                        "",
                        because("AnythingElse", "Pod was rejected", waits("worker", "ContainerCreating"))),
                line(PodEnd.REFUSED, "NeverStarted", "", "", "{phase: Failed}"),
                line(
                        PodEnd.FORCED,
                        "Deleted",
                        FORCED,
                        "",
                        running("", waits("worker", "ContainerCreating")).replace("Running", "Pending")),
                line(PodEnd.FORCED, "Deleted", FORCED, "", running(SILENT, runs("worker"))),
                line(PodEnd.DELETED, "Deleted", deleted(10), "", failed(killed)),
                line(PodEnd.DELETED, "Deleted", deleted(20), "", succeeded(ended("worker", 0, "Completed", 20))),
                line(PodEnd.DELETED, "Deleted", lastDelete, "", failed(killed)),
                line(PodEnd.DELETED, "Deleted", lastDelete, "", succeeded(ended("worker", 0, "Completed", 20))),
                line(PodEnd.LOST, "ContainerLost", "", "", failed(ended("worker", 255, "Unknown", 20))),
                line(PodEnd.LOST, "ContainerLost", "", "", failed(ended("worker", 137, "ContainerStatusUnknown", 20))),
                line(
                        PodEnd.LOST,
                        "ContainerLost",
                        "",
                        "",
                        failed("{name: worker, image: i, state: {waiting: {reason: ContainerCreating}}, lastState:"
                                + " {terminated: {exitCode: 137, reason: ContainerStatusUnknown}}}")),
                line(PodEnd.EXIT_CODE, "ExitCode", "", "", failed(ended("worker", 3, "Error", 20))),
                line(PodEnd.EXIT_CODE, "ExitCode", deleted(21), "", failed(ended("worker", 143, "Error", 20))),
                line(PodEnd.EXIT_CODE, "ExitCode", lastDelete, "", failed(ended("worker", 1, "Error", 20))),
                line(
                        PodEnd.EXIT_CODE,
                        "ExitCode",
                        "",
                        SIDECAR,
                        init(ended("mesh", 143, "Error", 25), ended("worker", 3, "Error", 20))),
                line(
                        PodEnd.EXIT_CODE,
                        "ExitCode",
                        "",
                        "",
                        init(ended("fetch", 4, "Error", 20), waits("worker", "PodInitializing"))),
                line(PodEnd.UNKNOWN, "Unheard", "", "", because("Unheard", "of", runs("worker"))),
                line(PodEnd.UNKNOWN, "Failed", "", "", failed(runs("worker"))));
    }

    static Arguments line(PodEnd line, String reason, String metadata, String spec, String status) {
        return arguments(line, reason, PodYaml.pod(metadata, spec.isEmpty() ? ON_NODE : spec, status));
    }

    static String failed(String containers) {
        return "{phase: Failed, startTime: %s, containerStatuses: [%s]}".formatted(at(0), containers);
    }

    static String succeeded(String containers) {
        return failed(containers).replace("Failed", "Succeeded");
    }

    static String because(String reason, String message, String containers) {
        return failed(containers).replace("{phase", "{reason: " + reason + ", message: '" + message + "', phase");
    }

    static String conditions(String conditions, String containers) {
        return failed(containers).replace("{phase", "{conditions: [" + conditions + "], phase");
    }

    static String running(String conditions, String containers) {
        return conditions(conditions, containers).replace("Failed", "Running");
    }

    static String init(String initContainers, String containers) {
        return failed(containers).replace("{phase", "{initContainerStatuses: [" + initContainers + "], phase");
    }
}
