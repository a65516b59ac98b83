package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The real status server over a made-up queue, with logs and health that a test sets. */
final class ServedQueue implements AutoCloseable {
    final Map<String, String> logs = new ConcurrentHashMap<>();
    final Metrics metrics = new Metrics("videos", () -> this.status);
    volatile Health health = new Health(true, true, "");
    volatile RuntimeException failure;

    private MadeUpQueue queue;
    private volatile Status status;
    private StatusServer server;

    ServedQueue(MadeUpQueue queue) throws IOException {
        this.queue = queue;
        status = queue.status();
        server = serve(0);
    }

    /** Clips of which two failed and one runs. */
    static ServedQueue ofClips(int items) throws IOException {
        MadeUpQueue queue = new MadeUpQueue(new Random(1), 4);
        for (int i = 0; i < items; i++) {
            queue.list("clip-" + i);
        }
        Instant begin = MadeUpQueue.BEGIN;
        for (int i : new int[] {3, 4}) {
            queue.change(i, row -> MadeUpQueue.row(row, ItemState.FAILED, "ExitCode", "Code 69.", 4, begin, begin, ""));
        }
        queue.change(5, row -> MadeUpQueue.row(row, ItemState.RUNNING, "", "", 1, begin, null, ""));
        return new ServedQueue(queue);
    }

    /** Changes the queue and publishes it. */
    void change(Consumer<MadeUpQueue> change) {
        change.accept(queue);
        status = queue.status();
    }

    void end(Status.Phase phase, String sentence) {
        status = queue.end(phase, sentence);
    }

    /** As after the manager's start: another life with row numbers and revisions of its own. */
    void replace(MadeUpQueue other) {
        queue = other;
        status = other.status();
    }

    Status status() {
        return status;
    }

    URI uri() {
        return server.uri();
    }

    void stop() {
        server.close();
    }

    /** At the same address. */
    void startAgain() throws IOException {
        server = serve(server.uri().getPort());
    }

    private StatusServer serve(int port) throws IOException {
        Feed feed = new Feed(
                this::read, item -> Optional.ofNullable(logs.get(item)), () -> health, () -> status.now(), metrics);
        return new StatusServer(
                new PageAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), List.of()), feed);
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
