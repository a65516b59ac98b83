package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import java.io.Serializable;
import jenkins.model.Jenkins;

/** What a build asked of one queue, in short: what is kept with the build for as long as that exists. Immutable. */
public final class QueueRequest implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String queueName;
    private final boolean named;
    private final String source;
    private final String image;
    private String cluster;
    private String namespace;
    private String job;
    private final long startedMillis;
    private int parallelism;
    private boolean paused;
    private boolean cancelled;

    QueueRequest(String key, TaskQueueStep step, Run<?, ?> run, long startedMillis) {
        this.key = key;
        this.named = step.getQueue() != null;
        this.queueName = named ? step.getQueue() : ownName(run, key);
        this.source = step.getSource();
        this.image = step.images();
        this.cluster = step.getCluster();
        this.namespace = step.getNamespace();
        this.startedMillis = startedMillis;
        Integer most = step.getMaxParallelism();
        this.parallelism = most == null ? step.getParallelism() : most;
    }

    private QueueRequest(QueueRequest from) {
        key = from.key;
        named = from.named;
        queueName = from.queueName;
        source = from.source;
        image = from.image;
        cluster = from.cluster;
        namespace = from.namespace;
        job = from.job;
        startedMillis = from.startedMillis;
        parallelism = from.parallelism;
        paused = from.paused;
        cancelled = from.cancelled;
    }

    /** No other build has it: not of another Jenkins in the namespace, nor of a job that is made anew under the name. */
    private static String ownName(Run<?, ?> run, String key) {
        String unique = Jenkins.get().getLegacyInstanceId() + " " + run.getStartTimeInMillis();
        String queue = "1".equals(key) ? "" : "." + key;
        return run.getParent().getFullName() + " #" + run.getNumber() + queue + " " + QueueId.hash(unique, 8);
    }

    /** Names the queue within its build: "1" for the first one begun. */
    public String getKey() {
        return key;
    }

    /** The queue's full name in Kubernetes. */
    public String getQueueName() {
        return queueName;
    }

    /** Whether the queue outlives the build. */
    public boolean isNamed() {
        return named;
    }

    /** Name of the configured ambassador; null where the items were given by the build. */
    @CheckForNull
    public String getSource() {
        return source;
    }

    /** The worker's image; those of its stages with commas between them. */
    public String getImage() {
        return image;
    }

    /** Name of the configured cluster; null for the default, before it has begun. */
    @CheckForNull
    public String getCluster() {
        return cluster;
    }

    /** Null for the cluster's own, before it has begun. */
    @CheckForNull
    public String getNamespace() {
        return namespace;
    }

    /** The full name that the build's job had when the queue began; null before. */
    @CheckForNull
    String getJob() {
        return job;
    }

    public long getStartedMillis() {
        return startedMillis;
    }

    /** The most items at once, as it was asked for last; where it follows the traffic, how far it may rise. */
    public int getParallelism() {
        return parallelism;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Whether it was asked to stop. */
    public boolean isCancelled() {
        return cancelled;
    }

    QueueRequest in(String clusterName, String namespaceName) {
        QueueRequest changed = new QueueRequest(this);
        changed.cluster = clusterName;
        changed.namespace = namespaceName;
        return changed;
    }

    /** A job that is renamed or moved meanwhile does not lose the queues of its builds: the first name stays. */
    QueueRequest of(String jobsName) {
        QueueRequest changed = new QueueRequest(this);
        changed.job = job == null ? jobsName : job;
        return changed;
    }

    QueueRequest withParallelism(int most) {
        QueueRequest changed = new QueueRequest(this);
        changed.parallelism = most;
        return changed;
    }

    QueueRequest withPaused(boolean isPaused) {
        QueueRequest changed = new QueueRequest(this);
        changed.paused = isPaused;
        return changed;
    }

    QueueRequest asCancelled() {
        QueueRequest changed = new QueueRequest(this);
        changed.cancelled = true;
        return changed;
    }

    /** For people: the queue's name where it has one, else its source. */
    public String getDisplayName() {
        return named ? queueName : Util.fixEmpty(source) == null ? Messages.QueueRequest_givenItems() : source;
    }
}
