package io.jenkins.plugins.taskqueue;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.taskqueue.engine.QueueId;

/**
 * Where a queue's objects are, for an ambassador that is reached, or started, beside them.
 *
 * @param client of the queue's cluster; the one who gives it closes it. An ambassador with a URL does not use it.
 * @param namespace the queue's namespace
 * @param queue whose owner object owns what is started
 * @param build the one build for which something is started, the same after a restart of Jenkins: two builds that
 *     work on one queue get an ambassador each
 */
public record SourcePlace(KubernetesClient client, String namespace, QueueId queue, String build) {}
