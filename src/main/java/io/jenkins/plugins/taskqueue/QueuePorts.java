package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesCluster;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;

/**
 * Opens what a queue works with, as an administrator configured it. May block: never called on a thread of Pipeline's. All
 * methods throw {@link AbortException} with a sentence where there is no such thing, or not for this job.
 */
class QueuePorts {
    /** Set by tests alone. */
    static volatile QueuePorts current = new QueuePorts();

    /** Where the queue's objects are from now on, whatever is configured later. */
    QueueRequest settle(QueueRequest request, Item job) throws AbortException {
        ClusterConfig config = TaskQueueConfiguration.get().cluster(request.getCluster(), job);
        String own = config.namespace();
        String named = request.getNamespace();
        String namespace = named == null ? own : named;
        new Border(config).requireNamespace(own, namespace);
        return request.in(config.getName(), namespace);
    }

    /** Looks whether the job may have its workers so, before anything of them is in the cluster. */
    void require(QueueRequest settled, QueueSpec spec) throws AbortException {
        new Border(config(settled)).requirePod(spec);
    }

    /** As a queue of this job, whose full name it is. */
    final QueueSpec madeBy(QueueRequest settled, QueueSpec spec, String job) {
        String sharing = TaskQueueConfiguration.get().getClusters().stream()
                .filter(config -> config.getName().equals(settled.getCluster()))
                .findFirst()
                .map(ClusterConfig::getSharingJobs)
                .orElse(null);
        return spec.madeBy(JobMaker.of(job, sharing));
    }

    Cluster cluster(QueueRequest settled, QueueSpec spec) throws AbortException {
        try {
            return new KubernetesCluster(ClusterClients.connection(config(settled), settled.getNamespace()), spec);
        } catch (UncheckedIOException e) {
            throw (AbortException) new AbortException(e.getCause().getMessage()).initCause(e);
        }
    }

    /** The place for an ambassador that is reached, or started, beside the queue's objects. */
    SourcePlace place(QueueRequest settled, Run<?, ?> run) throws AbortException {
        return new SourcePlace(
                config(settled).client(),
                settled.getNamespace(),
                QueueId.of(settled.getQueueName()),
                run.getExternalizableId() + "/" + settled.getKey());
    }

    /** Whether the queue's cluster is still there to be asked. */
    boolean isConfigured(QueueRequest settled) {
        return TaskQueueConfiguration.get().getClusters().stream()
                .anyMatch(config -> config.getName().equals(settled.getCluster()));
    }

    /** The job's right was looked at when the request was settled. */
    private static ClusterConfig config(QueueRequest settled) throws AbortException {
        for (ClusterConfig config : TaskQueueConfiguration.get().getClusters()) {
            if (config.getName().equals(settled.getCluster())) {
                return config;
            }
        }
        throw new AbortException(Messages.QueuePorts_gone(settled.getCluster(), settled.getDisplayName()));
    }

    final Source source(QueueRequest settled, TaskQueueStep step, Run<?, ?> run) throws AbortException {
        AmbassadorConfig config = ambassador(settled, run);
        return config == null
                ? GivenValues.source(Objects.requireNonNull(step.getItems()))
                : config.open(place(settled, run));
    }

    /** How often the source is to be asked. */
    final Duration poll(QueueRequest request, Run<?, ?> run) throws AbortException {
        AmbassadorConfig config = ambassador(request, run);
        return Duration.ofSeconds(config == null ? AmbassadorConfig.POLL_SECONDS : config.getPollSeconds());
    }

    @CheckForNull
    private static AmbassadorConfig ambassador(QueueRequest request, Run<?, ?> run) throws AbortException {
        return request.getSource() == null
                ? null
                : TaskQueueConfiguration.get().ambassador(request.getSource(), run.getParent());
    }
}
