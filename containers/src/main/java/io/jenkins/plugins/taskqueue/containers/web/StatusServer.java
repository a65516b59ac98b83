package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.containers.http.Answer;
import io.jenkins.plugins.taskqueue.containers.http.Guard;
import io.jenkins.plugins.taskqueue.containers.http.Request;
import io.jenkins.plugins.taskqueue.containers.http.WebServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, its JSON, logs, metrics and probes. Thread-safe; answers from the moment it is made. */
public final class StatusServer implements AutoCloseable {
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int THREADS = 8;

    private final WebServer server;
    private final Guard guard;
    private final Routes routes;

    /**
     * @throws IOException with a sentence, where the address cannot be had
     */
    public StatusServer(PageAddress page, Feed feed) throws IOException {
        guard = Guard.of(page.address(), page.names(), "");
        routes = new Routes(feed);
        server = bind(page.address());
        server.start();
    }

    /** Where the page is. A server on every address of the machine is named by its loopback address. */
    public URI uri() {
        InetSocketAddress address = server.address();
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
    }

    /** Lets the requests at hand finish for a moment, then stops. */
    @Override
    public void close() {
        server.close(GRACE);
    }

    /** No other site reads or frames what is answered. */
    private Answer handle(Request request) {
        Answer answer = answer(request)
                .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cache-Control", "no-cache")
                .with("Vary", "Accept-Encoding");
        return Compression.of(answer.unlessKnown(request), request);
    }

    private Answer answer(Request request) {
        if (!request.reads()) {
            return Answer.text(405, "This server only shows: use GET or HEAD.").with("Allow", "GET, HEAD");
        }
        Optional<Guard.Refusal> refusal = guard.refuse(request);
        if (refusal.isPresent()) {
            return Answer.text(refusal.get().status(), refusal.get().sentence());
        }
        try {
            return routes.answer(request);
        } catch (IllegalArgumentException e) {
            return Answer.text(400, e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The request {} could not be answered", request.path(), e);
            return Answer.text(500, "This could not be answered now. Try again; the manager's own log says why.");
        }
    }

    private WebServer bind(InetSocketAddress address) throws IOException {
        String place = address.getHostString() + ":" + address.getPort();
        if (address.isUnresolved()) {
            throw new IOException("The status page cannot be served: no address is known for \""
                    + address.getHostString() + "\". Choose another --host.");
        }
        try {
            return new WebServer("status-server", THREADS, address, this::handle);
        } catch (BindException e) {
            throw new IOException(
                    "The status page cannot be served at " + place + ": " + e.getMessage()
                            + ". Choose another --port or --host.",
                    e);
        }
    }
}
