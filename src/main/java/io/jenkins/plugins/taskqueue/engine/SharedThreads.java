package io.jenkins.plugins.taskqueue.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that several queues share. Each may use so many of them at once, and those that wait take turns: a queue with
 * much to do holds up no other for longer than one call lasts. Thread-safe; threads that have nothing to do end.
 */
public final class SharedThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    /** @param most how many there are at the most */
    public SharedThreads(int most, ThreadFactory factory) {
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /** @param most how many of them one may use at once */
    public Share share(int most) {
        return new Share(most);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** What one of those who share has of it. */
    public final class Share implements Executor, AutoCloseable {
        private final int most;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private final Set<Future<?>> turns = new HashSet<>();
        private boolean closed;

        private Share(int most) {
            this.most = most;
        }

        @Override
        public synchronized void execute(Runnable task) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            waiting.add(task);
            if (turns.size() < most) {
                takeTurn();
            }
        }

        private void takeTurn() {
            var turn = new FutureTask<Void>(() -> waiting().run(), null) {
                @Override
                protected void done() {
                    over(this);
                }
            };
            turns.add(turn);
            threads.execute(turn);
        }

        private synchronized Runnable waiting() {
            Runnable task = waiting.poll();
            return task == null ? () -> {} : task;
        }

        private synchronized void over(Future<?> turn) {
            turns.remove(turn);
            if (!closed && waiting.size() > turns.size() && !threads.isShutdown()) {
                takeTurn();
            }
        }

        /** Forgets what waits, and interrupts what runs. */
        @Override
        public synchronized void close() {
            closed = true;
            waiting.clear();
            Set.copyOf(turns).forEach(turn -> turn.cancel(true));
        }
    }
}
