package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesCluster;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesSettings;
import io.jenkins.plugins.taskqueue.engine.ledger.RecordedStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Clock;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A queue that is there, for commands that read Kubernetes alone: they need neither its source nor its manager. */
final class ExistingQueue {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--queue", paramLabel = "NAME", required = true, description = "The queue's name.")
    private String name;

    @Mixin
    private KubernetesOptions kubernetes;

    /** What a command does with the queue. */
    interface Work {
        int with(KubernetesCluster cluster) throws ClusterException, InterruptedException;
    }

    /**
     * Does the work on the queue as it is now, beside a manager or without one.
     *
     * @return what the work returned: the exit code
     */
    int open(Work work) throws InterruptedException {
        try (KubernetesCluster cluster = cluster()) {
            if (!cluster.look()) {
                throw new CannotGoOnException("There is no queue \"" + name + "\" in " + cluster.describe()
                        + ": check its name and the namespace.");
            }
            return work.with(cluster);
        } catch (ClusterException e) {
            throw new CannotGoOnException(e.getMessage(), e);
        }
    }

    private KubernetesCluster cluster() {
        try {
            return kubernetes.cluster(spec(), KubernetesSettings.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private QueueSpec spec() {
        return QueueSpec.builder(name, WorkerSpec.worker("none")).build();
    }

    String name() {
        return name;
    }

    Status status(KubernetesCluster cluster) {
        return RecordedStatus.of(spec(), cluster.observed(), Clock.systemUTC().instant());
    }
}
