package io.jenkins.plugins.taskqueue.containers.local;

import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command of the worker, or of one of its stages, as a local process. The image is not used. */
final class LocalWorker {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final String stage;
    private final String title;
    private final List<String> command;
    private final Map<String, String> env = new LinkedHashMap<>();

    private LocalWorker(String stage, String title, Stream<String> command, Stream<EnvVar> env) {
        this.stage = stage;
        this.title = title;
        this.command = command.toList();
        require(
                !this.command.isEmpty(),
                "Local processes need the " + (stage.isEmpty() ? "worker" : "stage " + stage)
                        + "'s command, since no image is there to say it: give it after \"--\", such as: -- ./worker.sh");
        env.forEach(this::add);
    }

    /**
     * What runs one after the other.
     *
     * @throws IllegalArgumentException with a sentence where a setting needs a cluster, or a command is missing
     */
    static List<LocalWorker> of(WorkerSpec worker) {
        List<LocalWorker> workers = new ArrayList<>();
        for (int i = 0; i < worker.stages().size(); i++) {
            Stage stage = worker.stages().get(i);
            workers.add(new LocalWorker(
                    stage.name(),
                    Stage.title(stage.name(), i, worker.stages().size()),
                    Stream.concat(stage.command().stream(), stage.args().stream()),
                    Stream.concat(worker.env().stream(), stage.env().stream())));
        }
        if (workers.isEmpty()) {
            Stream<String> command = Stream.concat(worker.command().stream(), worker.args().stream());
            workers.add(new LocalWorker("", "", command, worker.env().stream()));
        }
        List<String> clusterOnly = clusterOnly(worker);
        require(
                clusterOnly.isEmpty(),
                "Local processes have no " + String.join(", no ", clusterOnly)
                        + ": leave these settings out, or run on a cluster without --local.");
        return workers;
    }

    private void add(EnvVar variable) {
        require(
                variable.from() == EnvVar.From.LITERAL,
                "The variable " + variable.name() + " comes from "
                        + (variable.from() == EnvVar.From.SECRET ? "the Secret " : "the ConfigMap ")
                        + variable.object() + ", which local processes can't read: give it a value with --env "
                        + variable.name() + "=VALUE.");
        env.put(variable.name(), variable.value());
    }

    /** Which stage it is, for a sentence; empty where the worker is one command. */
    String title() {
        return title;
    }

    private static List<String> clusterOnly(WorkerSpec worker) {
        Map<String, Boolean> set = new LinkedHashMap<>();
        set.put("resource requests", !worker.requests().isEmpty());
        set.put("resource limits", !worker.limits().isEmpty());
        set.put("service account", !worker.serviceAccount().isEmpty());
        set.put("priority class", !worker.priorityClass().isEmpty());
        set.put("node selector", !worker.nodeSelector().isEmpty());
        set.put("tolerations", !worker.tolerations().isEmpty());
        set.put("pull secrets", !worker.pullSecrets().isEmpty());
        set.put("volumes", !worker.volumes().isEmpty());
        set.put("security settings", !worker.security().equals(Security.RESTRICTED));
        set.put("pod YAML", !worker.podYaml().isEmpty());
        return set.keySet().stream().filter(set::get).toList();
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /**
     * Starts the command with the variables of the contract beside its own.
     *
     * @throws IOException with a sentence for the user
     */
    Process start(Map<String, String> contract) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        // The manager's own settings are none of the worker's business.
        environment.keySet().removeIf(name -> name.startsWith("TASKQUEUE_"));
        environment.putAll(env);
        environment.putAll(contract);
        if (!stage.isEmpty()) {
            environment.put("WORK_STAGE", stage);
        }
        requireCommand(environment.getOrDefault("PATH", ""));
        if (Files.isExecutable(SETSID)) {
            // A session of its own: Ctrl-C in the terminal is for the manager, which then stops its workers in order.
            builder.command().add(0, SETSID.toString());
        }
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.start();
    }

    private void requireCommand(String path) throws IOException {
        String name = command.get(0);
        if (name.contains("/")) {
            if (!Files.exists(Path.of(name))) {
                throw new IOException("The command " + name + " does not exist: check its path, which is relative to "
                        + Path.of("").toAbsolutePath() + ".");
            }
            if (!Files.isExecutable(Path.of(name)) || Files.isDirectory(Path.of(name))) {
                throw new IOException("The command " + name + " can't be executed: make it so with \"chmod +x\".");
            }
            return;
        }
        for (String directory : path.split(":")) {
            Path file = Path.of(directory.isEmpty() ? "." : directory).resolve(name);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return;
            }
        }
        throw new IOException(
                "The command " + name + " was not found: install it, or give its path, such as ./" + name + ".");
    }
}
