package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.containers.local.LocalCluster;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.LogStore;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Works off a queue. */
@Command(
        name = "run",
        sortOptions = false,
        usageHelpWidth = 110,
        customSynopsis = "taskqueue run [OPTIONS] --source=URL (--image=IMAGE | --stage=NAME=IMAGE... | --local)"
                + " [-- COMMAND ARG...]",
        description = "Does the items of a source, each in a worker of its own.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  taskqueue run --source http://localhost:8080 --image acme/thumbnailer:1 --parallelism 8 --once",
            "  taskqueue run --source http://videos/api/v1 --image acme/thumbnailer:1 --queue videos --retries 2 \\",
            "      --timeout 10m --env SIZE=large --request cpu=500m --port 8081",
            "  taskqueue run --source http://pictures --stage decode=acme/decode:1 --stage scale=acme/scale:1 -- scale 0.5",
            "  taskqueue run --local --once --source http://localhost:8080 --parallelism 2 -- ./thumbnail.sh",
        })
public final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private SourceOptions source;

    @Mixin
    private QueueOptions queue;

    @Option(names = "--image", paramLabel = "IMAGE", description = "The worker's image.")
    private String image;

    @Option(
            names = "--local",
            description = "Run the worker's command as local processes, without a cluster and without the image, for"
                    + " trying a worker. The queue's state is lost with its manager.")
    private boolean local;

    @Parameters(
            paramLabel = "COMMAND ARG",
            arity = "0..*",
            description = "After \"--\": the worker's command instead of the image's own.")
    private List<String> workerCommand = new ArrayList<>();

    @Mixin
    private StageOptions stages;

    @Mixin
    private WorkerOptions worker;

    @Mixin
    private KubernetesOptions kubernetes;

    @Mixin
    private ApiOptions api;

    @Option(names = "--log-dir", paramLabel = "DIR", description = "Keep the logs of all items there.")
    private Path logDirectory;

    @Mixin
    private PageOptions page;

    @Mixin
    private OutputOptions output;

    private final Terminal terminal;

    public RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        OutputFormat format = output.format();
        return Processes.run(new ManagerRun(request(format), terminal, Clock.systemUTC()));
    }

    private RunRequest request(OutputFormat format) {
        try {
            if (image == null && !local && !stages.isGiven()) {
                throw new IllegalArgumentException(
                        "The worker is missing: give its image with --image, or try its command with --local.");
            }
            List<Stage> several = stages.stages(workerCommand, local);
            List<String> command = several.isEmpty() ? workerCommand : List.of();
            WorkerSpec spec = worker.worker(image == null ? "" : image, command, several);
            QueueSpec queueSpec = queue.spec(ownName(spec), spec, logDirectory != null);
            Source listed = source.source();
            LogStore logs = logDirectory == null ? null : new LogStore(logDirectory);
            Hints hints = new Hints(queueSpec, local ? null : kubernetes.repeated(), logDirectory);
            return new RunRequest(
                    queueSpec,
                    listed,
                    cluster(queueSpec),
                    logs,
                    api.concurrency(),
                    format,
                    page.address(),
                    false,
                    () -> "",
                    hints);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** The same for a restart of the same run, so that it goes on. */
    private String ownName(WorkerSpec spec) {
        boolean command = local && spec.stages().isEmpty();
        return source.url() + " "
                + (command ? workerCommand.stream().findFirst().orElse("") : spec.describe());
    }

    private Cluster cluster(QueueSpec spec) {
        return local ? new LocalCluster(spec, LocalCluster.GRACE, Clock.systemUTC()) : kubernetes.cluster(spec, api);
    }
}
