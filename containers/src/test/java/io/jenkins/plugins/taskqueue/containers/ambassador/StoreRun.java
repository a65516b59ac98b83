package io.jenkins.plugins.taskqueue.containers.ambassador;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A queue that works off a store through an ambassador, on local processes: its worker notes each item that it does. */
public final class StoreRun implements AutoCloseable {
    private final AmbassadorServer server;
    private final Path done;
    private final CompletableFuture<CommandLineRun> run;

    public StoreRun(Items items, Path directory) throws IOException {
        server = new AmbassadorServer(items, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "").start();
        done = Files.createFile(directory.resolve("done"));
        var worker = "echo \"$WORK_ITEM\" >> '" + done + "'";
        run = CompletableFuture.supplyAsync(() -> CommandLineRun.of(
                "run",
                "--local",
                "--once",
                "--source",
                server.url(),
                "--parallelism",
                "4",
                "--poll",
                "1s",
                "--",
                "sh",
                "-c",
                worker));
    }

    /** The items that a worker has done, in order; an item that was done twice is there twice. */
    public List<String> done() {
        try {
            return Files.readAllLines(done);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public void awaitDone(int items) {
        await().atMost(Duration.ofMinutes(3)).until(() -> done().size() >= items);
    }

    public CommandLineRun end() throws Exception {
        await().atMost(Duration.ofMinutes(5)).until(run::isDone);
        return run.get();
    }

    @Override
    public void close() {
        server.close();
    }
}
