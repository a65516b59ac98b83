package io.jenkins.plugins.taskqueue.engine.worker;

import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec.Security;
import java.util.List;
import java.util.Map;

/** Builds a {@link WorkerSpec}; what is not set is empty, and the security level stays <em>restricted</em>. */
public final class WorkerSpecBuilder {
    private final String image;
    private List<String> command = List.of();
    private List<String> args = List.of();
    private List<EnvVar> env = List.of();
    private List<Stage> stages = List.of();
    private Map<String, String> requests = Map.of();
    private Map<String, String> limits = Map.of();
    private String serviceAccount = "";
    private String priorityClass = "";
    private Map<String, String> nodeSelector = Map.of();
    private List<Toleration> tolerations = List.of();
    private List<String> pullSecrets = List.of();
    private List<Volume> volumes = List.of();
    private Security security = Security.RESTRICTED;
    private String podYaml = "";

    WorkerSpecBuilder(String image) {
        this.image = image;
    }

    public WorkerSpecBuilder command(List<String> insteadOfEntryPoint) {
        command = insteadOfEntryPoint;
        return this;
    }

    public WorkerSpecBuilder args(List<String> insteadOfTheImages) {
        args = insteadOfTheImages;
        return this;
    }

    public WorkerSpecBuilder env(List<EnvVar> variables) {
        env = variables;
        return this;
    }

    public WorkerSpecBuilder stages(List<Stage> inOrder) {
        stages = inOrder;
        return this;
    }

    public WorkerSpecBuilder requests(Map<String, String> resources) {
        requests = resources;
        return this;
    }

    public WorkerSpecBuilder limits(Map<String, String> resources) {
        limits = resources;
        return this;
    }

    public WorkerSpecBuilder serviceAccount(String name) {
        serviceAccount = name;
        return this;
    }

    public WorkerSpecBuilder priorityClass(String name) {
        priorityClass = name;
        return this;
    }

    public WorkerSpecBuilder nodeSelector(Map<String, String> labels) {
        nodeSelector = labels;
        return this;
    }

    public WorkerSpecBuilder tolerations(List<Toleration> taints) {
        tolerations = taints;
        return this;
    }

    public WorkerSpecBuilder pullSecrets(List<String> names) {
        pullSecrets = names;
        return this;
    }

    public WorkerSpecBuilder volumes(List<Volume> mounted) {
        volumes = mounted;
        return this;
    }

    public WorkerSpecBuilder security(Security relaxed) {
        security = relaxed;
        return this;
    }

    public WorkerSpecBuilder podYaml(String mergedUnderAllElse) {
        podYaml = mergedUnderAllElse;
        return this;
    }

    public WorkerSpec build() {
        return new WorkerSpec(
                image,
                command,
                args,
                env,
                stages,
                requests,
                limits,
                serviceAccount,
                priorityClass,
                nodeSelector,
                tolerations,
                pullSecrets,
                volumes,
                security,
                podYaml);
    }
}
