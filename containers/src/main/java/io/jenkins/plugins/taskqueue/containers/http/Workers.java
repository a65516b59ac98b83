package io.jenkins.plugins.taskqueue.containers.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that make answers: a bounded number with a bounded queue, and one more for the probes of a kubelet. */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int MAX_WAITING = 256;
    private static final int MAX_PROBES = 32;

    private final WebServer.Handler handler;
    private final ExecutorService threads;
    private final ExecutorService probes;

    Workers(String name, int size, WebServer.Handler handler) {
        this.handler = handler;
        threads = pool(name, size, MAX_WAITING);
        probes = pool(name + "-probes", 1, MAX_PROBES);
    }

    /** Hands the answer over on a thread of its own, or at once where there are too many requests. */
    void answer(Request request, Consumer<Answer> then) {
        try {
            (request.probes() ? probes : threads).execute(() -> then.accept(make(request)));
        } catch (RejectedExecutionException e) {
            then.accept(busy());
        }
    }

    private Answer make(Request request) {
        try {
            return handler.answer(request);
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

    void close() {
        threads.shutdownNow();
        probes.shutdownNow();
    }
}
