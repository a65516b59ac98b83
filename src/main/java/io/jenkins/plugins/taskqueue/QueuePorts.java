package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesCluster;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesSettings;
import java.time.Clock;

/** Opens what a queue works with. May block; never called on a thread of Pipeline's. */
class QueuePorts {
    /** Set by tests alone. */
    static volatile QueuePorts current = new QueuePorts();

    /**
     * @param job null for Jenkins itself, which may use any cluster
     * @throws AbortException with a sentence where there is no such cluster, or not for this job
     */
    Cluster cluster(QueueRequest request, QueueSpec spec, Item job) throws AbortException {
        ClusterConfig config = TaskQueueConfiguration.get().cluster(request.getCluster(), job);
        return new KubernetesCluster(
                config.client(), namespace(config, request), spec, KubernetesSettings.DEFAULT, Clock.systemUTC());
    }

    /** Where an ambassador is that is reached, or started, beside the queue's objects. */
    SourcePlace place(QueueRequest request, Run<?, ?> run) throws AbortException {
        ClusterConfig config = TaskQueueConfiguration.get().cluster(request.getCluster(), run.getParent());
        return new SourcePlace(
                config.client(),
                namespace(config, request),
                QueueId.of(request.getQueueName()),
                run.getExternalizableId() + "/" + request.getKey());
    }

    /** @throws AbortException with a sentence where there is no such ambassador, or not for this job */
    final Source source(QueueRequest request, TaskQueueStep step, Run<?, ?> run) throws AbortException {
        if (step.getItems() != null) {
            return GivenValues.source(step.getItems());
        }
        AmbassadorConfig config = TaskQueueConfiguration.get().ambassador(request.getSource(), run.getParent());
        return config.open(place(request, run));
    }

    private static String namespace(ClusterConfig config, QueueRequest request) throws AbortException {
        return request.getNamespace() == null ? config.namespace() : request.getNamespace();
    }
}
