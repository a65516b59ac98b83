package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.taskqueue.engine.scaling.ScalingSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Takes the items of a source, has a worker do each of them in Kubernetes, and waits for the end. Settings of several
 * values are taken as a list, and from a form as lines of text.
 */
public final class TaskQueueStep extends WorkerStep {
    private static final long serialVersionUID = 1L;

    private String source;
    private ArrayList<String> itemNames;
    private LinkedHashMap<String, Serializable> itemData;
    private int parallelism = 1;
    private Integer maxParallelism;
    private int utilization = ScalingSpec.UTILIZATION;
    private String drainWithin;
    private String queue;
    private String cluster;
    private String namespace;
    private int retries;
    private String timeout;
    private String maxFailures;
    private String onFailure = OnFailure.FAILURE.name();
    private boolean unstableIfTolerated;
    private Integer batch;
    private String kueue;
    private String keepRunning;

    @DataBoundConstructor
    public TaskQueueStep() {}

    @CheckForNull
    public String getSource() {
        return source;
    }

    @DataBoundSetter
    public void setSource(String source) {
        this.source = Util.fixEmptyAndTrim(source);
    }

    /** A list of names, or a map of names and data; null where there is a source. */
    @CheckForNull
    public Object getItems() {
        return itemData == null ? itemNames : itemData;
    }

    @DataBoundSetter
    public void setItems(Object items) {
        this.itemNames = items instanceof Map<?, ?> ? null : GivenValues.list("items", items);
        this.itemData = items instanceof Map<?, ?> map ? GivenValues.data(map) : null;
    }

    public int getParallelism() {
        return parallelism;
    }

    @DataBoundSetter
    public void setParallelism(int parallelism) {
        this.parallelism = parallelism;
    }

    /** How far the parallelism may rise with the traffic; null where it is fixed. */
    @CheckForNull
    public Integer getMaxParallelism() {
        return maxParallelism;
    }

    @DataBoundSetter
    public void setMaxParallelism(Integer maxParallelism) {
        this.maxParallelism = maxParallelism;
    }

    public int getUtilization() {
        return utilization;
    }

    @DataBoundSetter
    public void setUtilization(int utilization) {
        this.utilization = utilization;
    }

    @CheckForNull
    public String getDrainWithin() {
        return drainWithin;
    }

    @DataBoundSetter
    public void setDrainWithin(String drainWithin) {
        this.drainWithin = Util.fixEmptyAndTrim(drainWithin);
    }

    @CheckForNull
    public String getQueue() {
        return queue;
    }

    @DataBoundSetter
    public void setQueue(String queue) {
        this.queue = Util.fixEmptyAndTrim(queue);
    }

    @CheckForNull
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = Util.fixEmptyAndTrim(cluster);
    }

    @CheckForNull
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    public int getRetries() {
        return retries;
    }

    @DataBoundSetter
    public void setRetries(int retries) {
        this.retries = retries;
    }

    @CheckForNull
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    @CheckForNull
    public Object getMaxFailures() {
        return maxFailures;
    }

    @DataBoundSetter
    public void setMaxFailures(Object maxFailures) {
        this.maxFailures = maxFailures == null ? null : Util.fixEmptyAndTrim(maxFailures.toString());
    }

    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = Util.fixEmptyAndTrim(onFailure) == null ? OnFailure.FAILURE.name() : onFailure.trim();
    }

    /** Whether failures within a limit that was set make the build unstable. */
    public boolean isUnstableIfTolerated() {
        return unstableIfTolerated;
    }

    @DataBoundSetter
    public void setUnstableIfTolerated(boolean unstableIfTolerated) {
        this.unstableIfTolerated = unstableIfTolerated;
    }

    /** Null for the engine's own: 100, and 1 with Kueue. */
    @CheckForNull
    public Integer getBatch() {
        return batch;
    }

    @DataBoundSetter
    public void setBatch(Integer batch) {
        this.batch = batch;
    }

    /** The LocalQueue of Kueue that admits the Jobs. */
    @CheckForNull
    public String getKueue() {
        return kueue;
    }

    @DataBoundSetter
    public void setKueue(String kueue) {
        this.kueue = Util.fixEmptyAndTrim(kueue);
    }

    @CheckForNull
    public String getKeepRunning() {
        return keepRunning;
    }

    @DataBoundSetter
    public void setKeepRunning(String keepRunning) {
        this.keepRunning = Util.fixEmptyAndTrim(keepRunning);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new TaskQueueStepExecution(this, context);
    }

    /** How the step is called, and its form. */
    @Extension
    public static final class DescriptorImpl extends TaskQueueStepDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TaskQueueStep_displayName();
        }
    }
}
