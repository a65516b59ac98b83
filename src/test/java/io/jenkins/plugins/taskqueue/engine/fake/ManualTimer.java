package io.jenkins.plugins.taskqueue.engine.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer without a thread: what is due runs on the test's thread, when the test says that time has passed. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {
    private final SettableClock clock;
    private final PriorityBlockingQueue<Task<?>> tasks =
            new PriorityBlockingQueue<>(9, Comparator.comparing((Task<?> task) -> task.due));

    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        final Instant due;

        Task(Callable<V> callable, Duration delay) {
            super(callable);
            due = clock.instant().plus(delay);
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(clock.instant(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    public ManualTimer(SettableClock clock) {
        super(0);
        this.clock = clock;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        if (isShutdown()) {
            throw new RejectedExecutionException("closed");
        }
        Task<Void> task = new Task<>(
                () -> {
                    command.run();
                    return null;
                },
                Duration.of(delay, unit.toChronoUnit()));
        tasks.add(task);
        return task;
    }

    /** Lets time pass, and runs what falls due in it. */
    public void advance(Duration by) {
        Instant end = clock.instant().plus(by);
        while (!tasks.isEmpty() && !tasks.peek().due.isAfter(end)) {
            Task<?> next = tasks.poll();
            if (next.due.isAfter(clock.instant())) {
                clock.advance(Duration.between(clock.instant(), next.due));
            }
            next.run();
        }
        clock.advance(Duration.between(clock.instant(), end));
    }

    /** Runs what is due now; for a test that wants it to happen inside of something else. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** How long until each task that waits. */
    public List<Duration> waits() {
        return tasks.stream()
                .filter(task -> !task.isCancelled())
                .map(task -> Duration.between(clock.instant(), task.due))
                .sorted()
                .toList();
    }
}
