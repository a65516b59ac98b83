package io.jenkins.plugins.taskqueue.containers.cli;

import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The status page, on the command line. */
final class PageOptions {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Serve the status page, its JSON, /metrics, /healthz and /readyz there; 0 takes any free port."
                            + " Off unless given.")
    private Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}). Whoever reaches it sees the queue.")
    private String host;

    /** Empty where no page is wanted. */
    Optional<InetSocketAddress> address() {
        if (port == null) {
            return Optional.empty();
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port " + port + ": a port is a number from 0 to 65535.");
        }
        return Optional.of(new InetSocketAddress(host, port));
    }
}
