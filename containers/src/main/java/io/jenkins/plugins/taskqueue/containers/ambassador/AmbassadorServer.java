package io.jenkins.plugins.taskqueue.containers.ambassador;

import io.jenkins.plugins.taskqueue.containers.http.Answer;
import io.jenkins.plugins.taskqueue.containers.http.Guard;
import io.jenkins.plugins.taskqueue.containers.http.Request;
import io.jenkins.plugins.taskqueue.containers.http.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a store's items by the source API, with {@code /healthz} and {@code /metrics}. */
public final class AmbassadorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AmbassadorServer.class);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int THREADS = 16;

    private final Items items;
    private final WebServer server;
    private final Guard guard;
    private final Metrics metrics = new Metrics();
    private final Routes routes;
    private final String prefix;

    /** One that wants no token, and is called by its address. */
    public AmbassadorServer(Items items, InetSocketAddress address, String prefix) throws IOException {
        this(items, address, prefix, Guard.of(address, List.of(), ""));
    }

    /**
     * @param prefix what comes before {@code /items}, such as {@code /api/v1}; may be empty
     * @throws IOException when the address can't be listened on
     */
    public AmbassadorServer(Items items, InetSocketAddress address, String prefix, Guard guard) throws IOException {
        this.items = items;
        this.guard = guard;
        this.prefix = prefix.isEmpty() || prefix.equals("/") ? "" : "/" + prefix.replaceAll("^/+|/+$", "");
        this.routes = new Routes(items, this.prefix, metrics);
        this.server = new WebServer("ambassador", THREADS, address, this::handle);
    }

    public AmbassadorServer start() {
        server.start();
        return this;
    }

    /** The base URL to give to a queue. */
    public String url() {
        var address = server.address();
        var host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + prefix;
    }

    /** Refuses new requests, lets those that are being answered end, for ten seconds at most, and closes the store. */
    @Override
    public void close() {
        server.close(GRACE);
        items.close();
    }

    private Answer handle(Request request) throws InterruptedException {
        var started = System.nanoTime();
        var answer = answer(request)
                .with("Cache-Control", "no-cache")
                .with("X-Content-Type-Options", "nosniff")
                .unlessKnown(request);
        metrics.answered(routes.route(request.path()), answer.status(), (System.nanoTime() - started) / 1e9);
        return answer;
    }

    private Answer answer(Request request) throws InterruptedException {
        var refusal = guard.refuse(request);
        if (refusal.isPresent() && !request.probes()) {
            return Answers.error(refusal.get().status(), refusal.get().sentence());
        }
        try {
            return routes.answer(request);
        } catch (RuntimeException e) {
            LOG.error("A request could not be answered: {}", request.path(), e);
            return Answers.error(500, "This ambassador has a fault: see its log.");
        }
    }
}
