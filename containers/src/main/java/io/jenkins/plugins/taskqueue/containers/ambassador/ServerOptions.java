package io.jenkins.plugins.taskqueue.containers.ambassador;

import io.jenkins.plugins.taskqueue.containers.http.Guard;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;

/** Where an ambassador listens: the options that all ambassadors have. */
public final class ServerOptions {
    private static final int CANNOT_GO_ON = 3;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "The address to listen on; 0.0.0.0 for every one, which shows the items to the network."
                    + " Default: ${DEFAULT-VALUE}")
    private InetAddress host;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "The port to listen on; 0 for any free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--prefix",
            defaultValue = "",
            description = "What comes before /items in the URLs, such as /api/v1. Default: nothing")
    private String prefix;

    @Option(
            names = "--token",
            defaultValue = "",
            paramLabel = "TOKEN",
            description = "What a request must carry; better given as the variable TASKQUEUE_TOKEN. Default: nothing")
    private String token;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A name that this may be called by, beside its address; may be repeated.")
    private List<String> hosts = List.of();

    /**
     * Serves until the process is told to stop, or this thread is interrupted.
     *
     * @return the exit code
     */
    public int serve(Items items, PrintWriter out, PrintWriter err) {
        Guard guard;
        try {
            guard = new Guard(host.isLoopbackAddress(), Set.copyOf(hosts), token);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return CANNOT_GO_ON;
        }
        AmbassadorServer server;
        try {
            server = new AmbassadorServer(items, new InetSocketAddress(host, port), prefix, guard);
        } catch (IOException | IllegalArgumentException e) {
            err.println("Can't listen on port " + port + " of " + host.getHostAddress() + " (" + e.getMessage()
                    + "): choose another by --port.");
            return CANNOT_GO_ON;
        }
        var stop = new Thread(server::close, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        server.start();
        out.println("The items of " + items.describe() + " are at " + server.url() + "/items; give --source "
                + server.url() + " to a queue.");
        out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(stop);
            server.close();
        }
        return 0;
    }
}
