package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The real status server over a made-up queue, with logs and health that a test sets. */
final class ServedQueue implements AutoCloseable {
    final Map<String, String> logs = new ConcurrentHashMap<>();
    final Metrics metrics = new Metrics("videos", () -> this.status);
    volatile Health health = new Health(true, true, "");
    volatile RuntimeException failure;

    private final MadeUpQueue queue;
    private volatile Status status;
    private StatusServer server;

    ServedQueue(MadeUpQueue queue) throws IOException {
        this.queue = queue;
        status = queue.status();
        server = serve(0);
    }

    /** Changes the queue and publishes it. */
    void change(Consumer<MadeUpQueue> change) {
        change.accept(queue);
        status = queue.status();
    }

    void end(Status.Phase phase, String sentence) {
        status = queue.status(phase, sentence);
    }

    URI uri() {
        return server.uri();
    }

    void stop() {
        server.close();
    }

    /** As after the manager's start: at the same address. */
    void startAgain() throws IOException {
        server = serve(server.uri().getPort());
    }

    private StatusServer serve(int port) throws IOException {
        Feed feed = new Feed(this::read, item -> Optional.ofNullable(logs.get(item)), () -> health, metrics);
        return new StatusServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), feed);
    }

    private Status read() {
        if (failure != null) {
            throw failure;
        }
        return status;
    }

    @Override
    public void close() {
        server.close();
    }
}
