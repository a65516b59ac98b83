package io.jenkins.plugins.taskqueue.containers.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server that no client can hold up: Jetty reads and writes without waiting, and only a request that has arrived
 * completely gets a thread. What a client may have is bounded: its request, its time, and with all others the
 * connections and the bytes that wait to be read. Thread-safe.
 */
public final class WebServer {
    static final int MAX_BODY_BYTES = 64 * 1024;
    static final int MAX_HEAD_BYTES = 32 * 1024;
    /** A client that neither sends nor reads anything for so long is cut off. */
    static final Duration IDLE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int BACKLOG = 512;
    /** They never wait for a client, so a few will do, besides those that Jetty keeps for accepting and selecting. */
    private static final int JETTY_THREADS = 8;

    /** Makes an answer, on one of several threads. What it throws is logged, and answered without its details. */
    public interface Handler {
        Answer answer(Request request) throws InterruptedException;
    }

    private final Server server;
    private final Workers workers;
    private final InetSocketAddress address;

    /** @throws IOException when the address can't be listened on */
    public WebServer(String name, int threads, InetSocketAddress address, Handler handler) throws IOException {
        QueuedThreadPool pool = new QueuedThreadPool(JETTY_THREADS, 1);
        pool.setName(name + "-http");
        pool.setDaemon(true);
        server = new Server(pool);
        Clients clients = new Clients();
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.addEventListener(clients);
        server.addConnector(connector);
        workers = new Workers(name, threads, handler);
        server.setHandler(new GracefulHandler(new Exchange(workers, clients)));
        this.address = open(connector);
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MAX_HEAD_BYTES);
        configuration.setHttpCompliance(HttpCompliance.STRICT);
        // An item's name may have any characters, and the path is read as it was sent.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }

    private static InetSocketAddress open(ServerConnector connector) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            throw e.getCause() instanceof BindException cause ? cause : e;
        }
        return (InetSocketAddress) ((ServerSocketChannel) connector.getTransport()).getLocalAddress();
    }

    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The server at " + address + " could not be started", e);
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Refuses new requests, lets those that are being answered end for so long, and cuts off the rest. */
    public void close(Duration grace) {
        server.setStopTimeout(grace.toMillis());
        try {
            server.stop();
        } catch (Exception e) {
            LOG.debug("The server was closed with a fault", e);
        }
        workers.close();
    }
}
