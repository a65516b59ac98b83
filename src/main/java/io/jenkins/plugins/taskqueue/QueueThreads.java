package io.jenkins.plugins.taskqueue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one queue. They end when there is nothing to do.
 *
 * @param calls for calls of the cluster
 * @param fetches for calls of the source
 */
record QueueThreads(ExecutorService calls, ExecutorService fetches) implements AutoCloseable {
    private static final int CALLS = 16;
    private static final int FETCHES = 8;
    private static final long IDLE_SECONDS = 10;

    QueueThreads() {
        this(pool(CALLS, "cluster"), pool(FETCHES, "source"));
    }

    private static ExecutorService pool(int most, String name) {
        var pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Daemons that see the plugin's classes: the Kubernetes client looks for its HTTP library by the thread's loader. */
    static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "Task Queue " + name + " " + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(QueueThreads.class.getClassLoader());
            return thread;
        };
    }

    @Override
    public void close() {
        calls.shutdownNow();
        fetches.shutdownNow();
    }
}
