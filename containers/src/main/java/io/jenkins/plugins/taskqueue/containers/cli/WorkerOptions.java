package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.Toleration;
import io.jenkins.plugins.taskqueue.engine.worker.Volume;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The worker's settings on the command line. */
final class WorkerOptions {
    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A variable of the worker; its value is passed as it is.")
    private List<String> env = new ArrayList<>();

    @Option(
            names = "--env-from-secret",
            paramLabel = "NAME=SECRET/KEY",
            description = "A variable whose value is in a Secret.")
    private List<String> envFromSecret = new ArrayList<>();

    @Option(
            names = "--env-from-configmap",
            paramLabel = "NAME=CONFIGMAP/KEY",
            description = "A variable whose value is in a ConfigMap.")
    private List<String> envFromConfigMap = new ArrayList<>();

    @Option(names = "--request", paramLabel = "RESOURCE=AMOUNT", description = "Requested, such as cpu=500m.")
    private List<String> requests = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "RESOURCE=AMOUNT", description = "A limit, such as memory=1Gi.")
    private List<String> limits = new ArrayList<>();

    @Option(names = "--service-account", paramLabel = "NAME", description = "The pods' service account.")
    private String serviceAccount = "";

    @Option(
            names = "--service-account-token",
            description = "Mounts the service account's token, with which the worker acts as that account.")
    private boolean serviceAccountToken;

    @Option(names = "--priority-class", paramLabel = "NAME", description = "The pods' PriorityClass.")
    private String priorityClass = "";

    @Option(names = "--node-selector", paramLabel = "LABEL=VALUE", description = "A label that the node must have.")
    private List<String> nodeSelector = new ArrayList<>();

    @Option(
            names = "--toleration",
            paramLabel = "KEY[=VALUE][:EFFECT]",
            description = "A taint that the pods tolerate, such as gpu=true:NoSchedule.")
    private List<String> tolerations = new ArrayList<>();

    @Option(names = "--pull-secret", paramLabel = "NAME", description = "An image pull Secret.")
    private List<String> pullSecrets = new ArrayList<>();

    @Option(
            names = "--volume",
            paramLabel = "KIND:SOURCE:PATH[:ro]",
            description = "A volume; KIND is pvc, secret, configmap, host or empty, such as pvc:videos:/videos:ro,"
                    + " host:/srv/videos:/videos or empty:/scratch.")
    private List<String> volumes = new ArrayList<>();

    @Option(
            names = "--pod-yaml",
            paramLabel = "FILE",
            description = "A Pod in YAML, merged under the other settings of the worker.")
    private Path podYaml;

    @Option(names = "--run-as-user", paramLabel = "UID", description = "The user id of the worker's process.")
    private Long runAsUser;

    @Option(names = "--allow-root", description = "Lets the worker run as root.")
    private boolean allowRoot;

    /** @throws IllegalArgumentException with a sentence for the user */
    WorkerSpec worker(String image, List<String> commandLine, List<Stage> stages) {
        List<EnvVar> variables = new ArrayList<>();
        env.forEach(text -> variables.add(WorkerArguments.literal(text)));
        envFromSecret.forEach(text -> variables.add(WorkerArguments.secret(text)));
        envFromConfigMap.forEach(text -> variables.add(WorkerArguments.configMap(text)));
        return WorkerSpec.builder(image)
                .command(commandLine.stream().limit(1).toList())
                .args(commandLine.stream().skip(1).toList())
                .env(variables)
                .stages(stages)
                .requests(WorkerArguments.pairs("--request", requests))
                .limits(WorkerArguments.pairs("--limit", limits))
                .serviceAccount(serviceAccount)
                .priorityClass(priorityClass)
                .nodeSelector(WorkerArguments.pairs("--node-selector", nodeSelector))
                .tolerations(tolerations.stream()
                        .map(text -> Toleration.parse("--toleration", text))
                        .toList())
                .pullSecrets(pullSecrets)
                .volumes(volumes.stream()
                        .map(text -> Volume.parse("--volume", text))
                        .toList())
                .security(new Security(runAsUser, allowRoot, false, serviceAccountToken))
                .podYaml(yaml())
                .build();
    }

    private String yaml() {
        if (podYaml == null) {
            return "";
        }
        try {
            return Files.readString(podYaml);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--pod-yaml: the file " + podYaml + " can't be read. Check its path and that it is UTF-8.", e);
        }
    }
}
