package io.jenkins.plugins.taskqueue.containers.ambassador;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a store's items by the source API, with {@code /healthz} and {@code /metrics}. */
public final class AmbassadorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AmbassadorServer.class);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int THREADS = 16;
    private static final int MOST_AT_ONCE = 10_000;

    static {
        // Else each answer's body waits 40 ms for the acknowledgement of its headers, and one client that never ends
        // its request holds a thread for ever. The server reads them once, when its first instance is made.
        setUnlessGiven("sun.net.httpserver.nodelay", "true");
        setUnlessGiven("sun.net.httpserver.maxReqTime", "30");
        setUnlessGiven("sun.net.httpserver.maxRspTime", "300");
    }

    private static final Answer BUSY =
            Answer.error(503, "This ambassador is stopping, or has too many requests at once.");

    private final Items items;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final Metrics metrics = new Metrics();
    private final Routes routes;
    private final String prefix;

    /**
     * @param prefix what comes before {@code /items}, such as {@code /api/v1}; may be empty
     * @throws IOException when the address can't be listened on
     */
    public AmbassadorServer(Items items, InetSocketAddress address, String prefix) throws IOException {
        this.items = items;
        this.prefix = prefix.isEmpty() || prefix.equals("/") ? "" : "/" + prefix.replaceAll("^/+|/+$", "");
        this.routes = new Routes(items, this.prefix, metrics);
        this.server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    public AmbassadorServer start() {
        server.start();
        return this;
    }

    /** The base URL to give to a queue. */
    public String url() {
        var address = server.getAddress();
        var host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + prefix;
    }

    /** Refuses new requests, lets those that are being answered end, for ten seconds at most, and closes the store. */
    @Override
    public void close() {
        try {
            if (!free.tryAcquire(MOST_AT_ONCE, GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "Some requests were still being answered {} s after the stop: they are cut off.",
                        GRACE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
        items.close();
    }

    private void handle(HttpExchange exchange) {
        var started = System.nanoTime();
        var status = 0;
        var taken = free.tryAcquire();
        try (exchange) {
            var answer = taken ? answer(exchange) : BUSY;
            status = answer.send(exchange);
        } catch (IOException e) {
            LOG.debug("A client went away before its answer was complete", e);
        } finally {
            if (taken) {
                free.release();
            }
        }
        metrics.answered(routes.route(exchange.getRequestURI()), status, (System.nanoTime() - started) / 1e9);
    }

    private Answer answer(HttpExchange exchange) {
        var uri = exchange.getRequestURI();
        try {
            return routes.answer(exchange.getRequestMethod(), uri, exchange.getRequestBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BUSY;
        } catch (RuntimeException e) {
            LOG.error("A request could not be answered: {}", uri, e);
            return Answer.error(500, "This ambassador has a fault: see its log.");
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
