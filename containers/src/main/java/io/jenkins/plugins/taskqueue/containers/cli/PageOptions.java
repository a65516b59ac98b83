package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.containers.web.PageAddress;
import java.net.InetSocketAddress;
import java.util.List;
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

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A name that the page may be called by, beside its address; may be repeated.")
    private List<String> hosts = List.of();

    /** Empty where no page is wanted. */
    Optional<PageAddress> address() {
        if (port == null) {
            return Optional.empty();
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port " + port + ": a port is a number from 0 to 65535.");
        }
        return Optional.of(new PageAddress(new InetSocketAddress(host, port), hosts));
    }
}
