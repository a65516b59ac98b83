package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What a step says of its worker. Settings of several values are taken as a list, and from a form as lines of text; the
 * form and the help are the step's own.
 */
public abstract class WorkerStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private String image = "";
    private ArrayList<WorkerStage> stages;
    private ArrayList<String> command;
    private ArrayList<String> args;
    private ArrayList<String> env;
    private ArrayList<String> secretEnv;
    private ArrayList<String> resources;
    private String serviceAccount;
    private String priorityClass;
    private ArrayList<String> volumes;
    private ArrayList<String> tolerations;
    private ArrayList<String> nodeSelector;
    private Integer runAsUser;
    private boolean serviceAccountToken;
    private String podYaml;

    /** Empty where there are stages. */
    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixNull(image).trim();
    }

    /** Images that do an item one after the other, in place of the one; null for none. */
    @CheckForNull
    public List<WorkerStage> getStages() {
        return stages;
    }

    @DataBoundSetter
    public void setStages(List<WorkerStage> stages) {
        this.stages = stages == null || stages.isEmpty() ? null : new ArrayList<>(stages);
    }

    /** What tells the worker from another, for people too. */
    String images() {
        return stages == null
                ? image
                : stages.stream().map(WorkerStage::getImage).collect(Collectors.joining(", "));
    }

    @CheckForNull
    public Object getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(Object command) {
        this.command = GivenValues.list("command", command);
    }

    @CheckForNull
    public Object getArgs() {
        return args;
    }

    @DataBoundSetter
    public void setArgs(Object args) {
        this.args = GivenValues.list("args", args);
    }

    @CheckForNull
    public Object getEnv() {
        return env;
    }

    @DataBoundSetter
    public void setEnv(Object env) {
        this.env = GivenValues.pairs("env", env);
    }

    @CheckForNull
    public Object getSecretEnv() {
        return secretEnv;
    }

    @DataBoundSetter
    public void setSecretEnv(Object secretEnv) {
        this.secretEnv = GivenValues.pairs("secretEnv", secretEnv);
    }

    @CheckForNull
    public Object getResources() {
        return resources;
    }

    @DataBoundSetter
    public void setResources(Object resources) {
        this.resources = GivenValues.pairs("resources", resources);
    }

    @CheckForNull
    public String getServiceAccount() {
        return serviceAccount;
    }

    @DataBoundSetter
    public void setServiceAccount(String serviceAccount) {
        this.serviceAccount = Util.fixEmptyAndTrim(serviceAccount);
    }

    /** Whether the service account's token is mounted. */
    public boolean isServiceAccountToken() {
        return serviceAccountToken;
    }

    @DataBoundSetter
    public void setServiceAccountToken(boolean serviceAccountToken) {
        this.serviceAccountToken = serviceAccountToken;
    }

    @CheckForNull
    public Object getVolumes() {
        return volumes;
    }

    @DataBoundSetter
    public void setVolumes(Object volumes) {
        this.volumes = GivenValues.list("volumes", volumes);
    }

    @CheckForNull
    public Object getTolerations() {
        return tolerations;
    }

    @DataBoundSetter
    public void setTolerations(Object tolerations) {
        this.tolerations = GivenValues.list("tolerations", tolerations);
    }

    @CheckForNull
    public Object getNodeSelector() {
        return nodeSelector;
    }

    @DataBoundSetter
    public void setNodeSelector(Object nodeSelector) {
        this.nodeSelector = GivenValues.pairs("nodeSelector", nodeSelector);
    }

    /** Null for the image's own. */
    @CheckForNull
    public Integer getRunAsUser() {
        return runAsUser;
    }

    @DataBoundSetter
    public void setRunAsUser(Integer runAsUser) {
        this.runAsUser = runAsUser;
    }

    @CheckForNull
    public String getPriorityClass() {
        return priorityClass;
    }

    @DataBoundSetter
    public void setPriorityClass(String priorityClass) {
        this.priorityClass = Util.fixEmptyAndTrim(priorityClass);
    }

    @CheckForNull
    public String getPodYaml() {
        return podYaml;
    }

    @DataBoundSetter
    public void setPodYaml(String podYaml) {
        this.podYaml = Util.fixEmpty(Util.fixNull(podYaml).isBlank() ? null : podYaml);
    }
}
