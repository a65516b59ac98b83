package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.function.UnaryOperator;

/** A step whose texts name variables of its build, with their values in place; as build steps take them, and Pipelines not. */
final class ExpandedStep {
    private final UnaryOperator<String> expand;

    private ExpandedStep(UnaryOperator<String> expand) {
        this.expand = expand;
    }

    /** The same with every text changed, but for the pod's YAML; data of items stays as it is. */
    static TaskQueueStep of(TaskQueueStep step, UnaryOperator<String> expand) {
        return new ExpandedStep(expand).expanded(step);
    }

    private TaskQueueStep expanded(TaskQueueStep step) {
        TaskQueueStep expanded = new TaskQueueStep();
        expanded.setImage(text(step.getImage()));
        expanded.setStages(stages(step.getStages()));
        expanded.setSource(text(step.getSource()));
        expanded.setItems(texts(step.getItems()));
        expanded.setParallelism(step.getParallelism());
        expanded.setMaxParallelism(step.getMaxParallelism());
        expanded.setUtilization(step.getUtilization());
        expanded.setDrainWithin(text(step.getDrainWithin()));
        expanded.setQueue(text(step.getQueue()));
        expanded.setCluster(text(step.getCluster()));
        expanded.setNamespace(text(step.getNamespace()));
        expanded.setCommand(texts(step.getCommand()));
        expanded.setArgs(texts(step.getArgs()));
        expanded.setEnv(texts(step.getEnv()));
        expanded.setSecretEnv(texts(step.getSecretEnv()));
        expanded.setResources(texts(step.getResources()));
        expanded.setRetries(step.getRetries());
        expanded.setTimeout(text(step.getTimeout()));
        expanded.setMaxFailures(texts(step.getMaxFailures()));
        expanded.setOnFailure(step.getOnFailure());
        expanded.setUnstableIfTolerated(step.isUnstableIfTolerated());
        expanded.setBatch(step.getBatch());
        expanded.setKueue(text(step.getKueue()));
        expanded.setPriorityClass(text(step.getPriorityClass()));
        expanded.setServiceAccount(text(step.getServiceAccount()));
        expanded.setServiceAccountToken(step.isServiceAccountToken());
        expanded.setVolumes(texts(step.getVolumes()));
        expanded.setTolerations(texts(step.getTolerations()));
        expanded.setNodeSelector(texts(step.getNodeSelector()));
        expanded.setRunAsUser(step.getRunAsUser());
        expanded.setPodYaml(step.getPodYaml());
        expanded.setKeepRunning(text(step.getKeepRunning()));
        return expanded;
    }

    @CheckForNull
    private List<WorkerStage> stages(@CheckForNull List<WorkerStage> stages) {
        return stages == null ? null : stages.stream().map(this::stage).toList();
    }

    private WorkerStage stage(WorkerStage stage) {
        WorkerStage expanded = new WorkerStage(text(stage.getName()), text(stage.getImage()));
        expanded.setCommand(texts(stage.getCommand()));
        expanded.setArgs(texts(stage.getArgs()));
        expanded.setEnv(texts(stage.getEnv()));
        expanded.setSecretEnv(texts(stage.getSecretEnv()));
        return expanded;
    }

    @CheckForNull
    private String text(@CheckForNull String text) {
        return text == null ? null : expand.apply(text);
    }

    @CheckForNull
    private Object texts(@CheckForNull Object setting) {
        if (setting instanceof List<?> list) {
            return list.stream().map(text -> expand.apply((String) text)).toList();
        }
        return setting instanceof String text ? expand.apply(text) : setting;
    }
}
