package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.SharedThreads;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that one queue may use. It shares them with the queues of the same cluster, and of none other: one that does not
 * answer holds up nobody else's. They end when there is nothing to do.
 *
 * @param calls for calls of the cluster
 * @param fetches for calls of the source
 */
record QueueThreads(SharedThreads.Share calls, SharedThreads.Share fetches) implements AutoCloseable {
    private static final int ALL_CALLS = 16;
    private static final int CALLS = 12;
    private static final int ALL_FETCHES = 12;
    private static final int FETCHES = 8;

    /** The threads of all queues of a cluster. */
    record OfCluster(SharedThreads calls, SharedThreads fetches) implements AutoCloseable {
        OfCluster() {
            this(new SharedThreads(ALL_CALLS, named("cluster")), new SharedThreads(ALL_FETCHES, named("source")));
        }

        QueueThreads ofQueue() {
            return new QueueThreads(calls.share(CALLS), fetches.share(FETCHES));
        }

        @Override
        public void close() {
            calls.close();
            fetches.close();
        }
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
        calls.close();
        fetches.close();
    }
}
