package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.containers.ambassador.AmbassadorServer;
import io.jenkins.plugins.taskqueue.containers.ambassador.FilesItems;
import io.jenkins.plugins.taskqueue.containers.local.LocalCluster;
import io.jenkins.plugins.taskqueue.containers.web.PageAddress;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.LogStore;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows a queue at work: small videos become thumbnails. */
@Command(
        name = "demo",
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Makes a few small videos and turns them into thumbnails, each in a worker of its own: local processes, or"
                    + " with --kubeconfig the Jobs of a cluster on this machine.",
        },
        footer = {
            "",
            "Examples:",
            "  taskqueue demo --serve                      keep the status page up until Ctrl-C",
            "  taskqueue demo --with-corrupt               see an item fail",
            "  taskqueue demo --kubeconfig ~/.kube/config  the same as Jobs",
        })
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where videos and thumbnails go; else a new directory.")
    private Path directory;

    @Option(names = "--videos", paramLabel = "N", defaultValue = "6", description = "How many (default: 6).")
    private int videos;

    @Option(names = "--with-corrupt", description = "Add a video that is broken; the exit code is then 1.")
    private boolean corrupt;

    @Option(names = "--parallelism", paramLabel = "N", defaultValue = "2", description = "At once (default: 2).")
    private int parallelism;

    @Option(names = "--serve", description = "Keep the status page up after the end, until Ctrl-C.")
    private boolean serve;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The status page's (default: any).")
    private int port;

    @Mixin
    private KubernetesOptions kubernetes;

    @Option(names = "--verbose", description = "Say more on standard error.")
    private boolean verbose;

    private final Terminal terminal;

    public DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.setVerbose(verbose);
        if (videos < 1 || videos > 1000) {
            throw new ParameterException(command.commandLine(), "--videos " + videos + ": give 1 to 1000.");
        }
        try {
            Repository repository = Repository.find(this::say);
            DemoFiles files = DemoFiles.make(repository, directory, videos, corrupt, this::say);
            try (AmbassadorServer ambassador = new AmbassadorServer(
                            new FilesItems(files.videos(), "**/*.mp4", List.of()), loopback(0), "")
                    .start()) {
                say("The files ambassador lists the videos at " + ambassador.url() + "/items");
                return Processes.run(
                        new ManagerRun(request(repository, files, ambassador.url()), terminal, Clock.systemUTC()));
            }
        } catch (IOException e) {
            throw new CannotGoOnException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private RunRequest request(Repository repository, DemoFiles files, String url)
            throws IOException, InterruptedException {
        boolean local = !kubernetes.isGiven();
        WorkerSpec worker = local
                ? DemoWorkers.local(repository, files)
                : DemoWorkers.kubernetes(repository, files, kubernetes, this::say);
        QueueSpec spec = QueueSpec.builder("demo in " + files.directory(), worker)
                .named(false)
                .parallelism(parallelism)
                .retries(1)
                .build();
        Cluster cluster = local
                ? new LocalCluster(spec, LocalCluster.GRACE, Clock.systemUTC())
                : kubernetes.cluster(spec, ApiOptions.standard());
        return new RunRequest(
                spec,
                HttpSource.over(HttpSourceSettings.of(url)),
                cluster,
                new LogStore(files.logs()),
                ApiOptions.standard().concurrency(),
                OutputFormat.TEXT,
                Optional.of(new PageAddress(loopback(port), List.of())),
                serve,
                files::summary,
                new Hints(spec, local ? null : kubernetes.repeated(), files.logs()));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void say(String sentence) {
        terminal.out().println(sentence);
        terminal.out().flush();
    }
}
