package io.jenkins.plugins.taskqueue.containers.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, its JSON, logs, metrics and probes. Thread-safe; answers from the moment it is made. */
public final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
    private static final int THREADS = 8;

    static {
        // The JDK's server lets each body wait 40 ms for the acknowledgement of its headers, waits for ever for a slow
        // reader and takes any number of them, unless told so before its first use, for all servers of the process.
        // Seconds; see the module jdk.httpserver.
        setUnlessGiven("sun.net.httpserver.nodelay", "true");
        setUnlessGiven("sun.net.httpserver.maxReqTime", "30");
        setUnlessGiven("sun.net.httpserver.maxRspTime", "60");
        setUnlessGiven("jdk.httpserver.maxConnections", "256");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Guard guard;
    private final Routes routes;

    /**
     * @param address where to listen; port 0 takes any free one
     * @throws IOException with a sentence, where the address cannot be had
     */
    public StatusServer(InetSocketAddress address, Feed feed) throws IOException {
        guard = new Guard(address.getAddress() != null && address.getAddress().isLoopbackAddress());
        routes = new Routes(feed);
        server = bind(address);
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "status-server-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where the page is. A server on every address of the machine is named by its loopback address. */
    public URI uri() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
    }

    /** Lets the requests at hand finish for a moment, then stops. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            guard.protect(exchange);
            answer(exchange).send(exchange);
        } catch (IOException e) {
            LOG.debug("A reader of the status page went away", e);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Optional<Answer> refusal = guard.refuse(exchange);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return routes.answer(exchange);
        } catch (IllegalArgumentException e) {
            return Answer.text(400, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The request {} could not be answered", exchange.getRequestURI(), e);
            return Answer.text(500, "This could not be answered now. Try again; the manager's own log says why.");
        }
    }

    private static HttpServer bind(InetSocketAddress address) throws IOException {
        String place = address.getHostString() + ":" + address.getPort();
        if (address.isUnresolved()) {
            throw new IOException("The status page cannot be served: no address is known for \""
                    + address.getHostString() + "\". Choose another --host.");
        }
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new IOException(
                    "The status page cannot be served at " + place + ": " + e.getMessage()
                            + ". Choose another --port or --host.",
                    e);
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
