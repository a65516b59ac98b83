package io.jenkins.plugins.taskqueue.containers.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one queue manager. Daemons: none of them keeps a process that wants to end.
 *
 * @param calls for calls of the cluster
 * @param fetches for calls of the source
 */
record ManagerThreads(ScheduledExecutorService timer, ExecutorService calls, ExecutorService fetches)
        implements AutoCloseable {
    private static final int FETCHES = 8;

    ManagerThreads(int calls) {
        this(
                Executors.newSingleThreadScheduledExecutor(named("loop")),
                Executors.newFixedThreadPool(calls, named("cluster")),
                Executors.newFixedThreadPool(FETCHES, named("source")));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        calls.shutdownNow();
        fetches.shutdownNow();
    }
}
