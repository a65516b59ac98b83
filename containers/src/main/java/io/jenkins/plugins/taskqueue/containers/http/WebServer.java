package io.jenkins.plugins.taskqueue.containers.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server that no client can hold up: one thread reads and writes for all of them without ever waiting, and
 * only a request that has arrived completely gets another. What a client may have is bounded: its request, its time, and
 * with all others the connections and the bytes that wait to be read. Who has waited longest makes room. Thread-safe.
 */
public final class WebServer {
    static final int MOST_CONNECTIONS = 512;
    static final int MOST_PENDING_BYTES = 32 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int MOST_WAITING = 256;
    private static final int MOST_PROBES = 32;
    private static final long LOOK_MILLIS = 250;

    /** Makes an answer, on one of several threads. What it throws is logged, and answered without its details. */
    public interface Handler {
        Answer answer(Request request) throws InterruptedException;
    }

    private record Made(Connection connection, Answer answer) {}

    private final Handler handler;
    private final LongSupplier nanos;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final InetSocketAddress address;
    private final Thread thread;
    private final ExecutorService threads;
    private final ExecutorService probes;
    private final Set<Connection> connections = new HashSet<>();
    private final Queue<Made> made = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    private volatile long end;

    /** @throws IOException when the address can't be listened on */
    public WebServer(String name, int threads, InetSocketAddress address, Handler handler) throws IOException {
        this(name, threads, address, handler, System::nanoTime);
    }

    WebServer(String name, int size, InetSocketAddress address, Handler handler, LongSupplier nanos)
            throws IOException {
        this.handler = handler;
        this.nanos = nanos;
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        try {
            listener.bind(address, MOST_CONNECTIONS);
        } catch (IOException | RuntimeException e) {
            listener.close();
            selector.close();
            throw e;
        }
        listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        this.address = (InetSocketAddress) listener.getLocalAddress();
        threads = pool(name, size, MOST_WAITING);
        probes = pool(name + "-probes", 1, MOST_PROBES);
        thread = thread(name, this::run);
    }

    public void start() {
        thread.start();
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Refuses new requests, lets those that are being answered end for so long, and cuts off the rest. */
    public void close(Duration grace) {
        end = nanos.getAsLong() + grace.toNanos();
        stopping = true;
        selector.wakeup();
        try {
            if (thread.isAlive()) {
                thread.join(grace.toMillis() + LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        probes.shutdownNow();
        try {
            listener.close();
            selector.close();
        } catch (IOException e) {
            LOG.debug("The server was closed with a fault", e);
        }
    }

    private void run() {
        while (selector.isOpen() && !(stopping && isDone())) {
            try {
                selector.select(this::handle, LOOK_MILLIS);
                for (Made answer = made.poll(); answer != null; answer = made.poll()) {
                    answered(answer);
                }
                sweep();
            } catch (ClosedSelectorException e) {
                break;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                LOG.warn("The server goes on after a fault", e);
            }
        }
        List.copyOf(connections).forEach(Connection::close);
    }

    private boolean isDone() {
        return nanos.getAsLong() - end >= 0 || connections.stream().allMatch(Connection::isIdle);
    }

    private void handle(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
            return;
        }
        Connection connection = (Connection) key.attachment();
        step(connection, now -> key.isWritable() ? connection.write(now) : connection.read(now));
    }

    private void accept() {
        try {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                if (stopping || connections.size() >= MOST_CONNECTIONS && !makeRoom(one -> true)) {
                    channel.close();
                    continue;
                }
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, 0);
                Connection connection = new Connection(channel, key, nanos.getAsLong());
                key.attach(connection);
                connections.add(connection);
            }
        } catch (IOException e) {
            LOG.debug("A client could not be let in", e);
            makeRoom(one -> true);
        }
    }

    private interface Step {
        Optional<Request> take(long now) throws IOException, BadRequestException;
    }

    private void step(Connection connection, Step step) {
        try {
            Optional<Request> request = step.take(nanos.getAsLong());
            if (request.isPresent()) {
                dispatch(connection, request.get());
            }
        } catch (BadRequestException e) {
            step(connection, now -> connection.answer(e.answer(), true, now));
        } catch (IOException | RuntimeException e) {
            LOG.debug("A client went away", e);
            connection.close();
        }
        if (!connection.isOpen()) {
            connections.remove(connection);
        }
    }

    private void dispatch(Connection connection, Request request) {
        try {
            (request.probes() ? probes : threads).execute(() -> {
                made.add(new Made(connection, answer(request)));
                selector.wakeup();
            });
        } catch (RejectedExecutionException e) {
            made.add(new Made(connection, busy()));
            selector.wakeup();
        }
    }

    private Answer answer(Request request) {
        try {
            return stopping ? busy() : handler.answer(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return busy();
        } catch (RuntimeException | Error e) {
            LOG.error("The request {} {} could not be answered", request.method(), request.path(), e);
            return Answer.text(500, "This could not be answered: the server's own log says why.");
        }
    }

    private static Answer busy() {
        return Answer.text(503, "This server is stopping, or has too many requests at once.")
                .with("Retry-After", "5");
    }

    private void answered(Made answer) {
        Connection connection = answer.connection();
        step(connection, now -> connection.answer(answer.answer(), stopping, now));
        while (connections.stream().mapToLong(Connection::pending).sum() > MOST_PENDING_BYTES
                && makeRoom(one -> one != connection && one.isSent())) {
            LOG.debug("A client that reads too slowly was cut off");
        }
    }

    /** Closes who has waited longest of those that nobody works for; a request that is quick is never one of them. */
    private boolean makeRoom(Predicate<Connection> which) {
        Optional<Connection> oldest = connections.stream()
                .filter(connection -> !connection.isAnswered())
                .filter(which)
                .min(Comparator.comparingLong(Connection::since));
        oldest.ifPresent(this::drop);
        return oldest.isPresent();
    }

    private void sweep() {
        long now = nanos.getAsLong();
        connections.stream()
                .filter(one -> one.isLate(now) || stopping && one.isIdle() || !one.isOpen())
                .toList()
                .forEach(this::drop);
    }

    private void drop(Connection connection) {
        connection.close();
        connections.remove(connection);
    }

    private static ExecutorService pool(String name, int size, int waiting) {
        var pool = new ThreadPoolExecutor(
                size, size, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> thread(name, task));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
