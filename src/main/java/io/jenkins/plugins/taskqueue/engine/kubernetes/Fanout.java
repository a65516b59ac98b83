package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does one thing to many objects at once; all are tried, and the first failure is told. */
record Fanout(ExecutorService threads) {

    private static final long IDLE_SECONDS = 5;

    /** Threads for at most so many objects at once, which end when there is nothing to do. */
    static ExecutorService pool(int most) {
        var pool = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "task-queue-writes"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What is done to one object. */
    interface Action<T> {
        void on(T object) throws ClusterException, InterruptedException;
    }

    <T> void each(Collection<T> objects, Action<T> action) throws ClusterException, InterruptedException {
        if (objects.size() == 1) {
            action.on(objects.iterator().next());
            return;
        }
        List<Future<?>> running = new ArrayList<>();
        for (T object : objects) {
            running.add(threads.submit(() -> {
                action.on(object);
                return null;
            }));
        }
        ClusterException first = null;
        try {
            for (Future<?> one : running) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof ClusterException failed) {
                        first = first == null ? failed : first;
                    } else {
                        throw new IllegalStateException(e.getCause());
                    }
                }
            }
        } finally {
            running.forEach(one -> one.cancel(true)); // only an interrupt leaves any running
        }
        if (first != null) {
            throw first;
        }
    }
}
