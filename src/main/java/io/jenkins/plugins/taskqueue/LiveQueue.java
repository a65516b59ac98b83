package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.Engine;
import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.QueueManager;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.SteadyClock;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A queue of a build while a manager works on it. Thread-safe. */
final class LiveQueue {
    private static final Logger LOGGER = Logger.getLogger(LiveQueue.class.getName());

    private final BuildQueues all;
    private final BuildQueue queue;
    private final TaskQueueStep step;
    private final BuildLogLines lines;
    private final Snapshots snapshots;
    private final Clock clock = Clock.systemUTC();
    private Consumer<QueueEnd> whenEnded;
    private volatile QueueWork work;
    private boolean over;
    /** Whether there may be objects of it in Kubernetes that were made before it was opened this time. */
    private volatile boolean mayBeLeft;

    LiveQueue(
            BuildQueues all,
            BuildQueue queue,
            TaskQueueStep step,
            TaskListener listener,
            Consumer<QueueEnd> whenEnded) {
        this.all = all;
        this.queue = queue;
        this.step = step;
        this.lines = new BuildLogLines(listener, queue, clock);
        this.snapshots = new Snapshots(queue::snapshot);
        this.whenEnded = whenEnded;
    }

    BuildQueue queue() {
        return queue;
    }

    /** Begins, or begins again. May block. */
    void start() {
        try {
            mayBeLeft = OpenQueues.get().isKnown(queue.id());
            Run<?, ?> run = queue.getRun();
            QueuePorts ports = QueuePorts.current;
            QueueRequest settled = ports.settle(queue.getRequest(), run.getParent());
            String job = run.getParent().getFullName();
            queue.action()
                    .change(
                            queue.getKey(),
                            request -> request.in(settled.getCluster(), settled.getNamespace())
                                    .of(job));
            QueueSpec spec = ports.madeBy(
                    settled,
                    StepSpec.of(step, settled, ports.poll(settled, run)),
                    Objects.requireNonNull(queue.getRequest().getJob()));
            ports.require(settled, spec);
            OpenQueues.get().add(queue);
            run.save();
            Source source = RestOfBuild.rest(queue, ports.source(settled, step, run));
            begin(spec, source, ports.cluster(settled, spec));
        } catch (AbortException | IllegalArgumentException e) {
            end(queue.status(), Optional.of(e.getMessage()), mayBeLeft);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Could not begin " + queue.id(), e);
            end(queue.status(), Optional.of("The queue could not begin: " + e), mayBeLeft);
        }
    }

    private void begin(QueueSpec spec, Source source, Cluster cluster) {
        QueueThreads threads = all.threads(queue.getRequest().getCluster());
        Engine engine =
                new Engine(clock, new SteadyClock(), all.timer(), threads.calls(), threads.fetches(), this::event);
        QueueSpec first = spec.withParallelism(ClusterLimits.atFirst(this, spec.parallelism()));
        QueueManager manager = new QueueManager(first, source, cluster, queue.logs(), engine);
        QueueWork begun = new QueueWork(manager, cluster, threads);
        lines.begin(spec, source, cluster);
        if (!isTaken(begun)) {
            begun.close();
            return;
        }
        manager.pause(queue.getRequest().isPaused());
        if (queue.getRequest().isCancelled()) {
            manager.cancel();
        }
        manager.end().thenAccept(status -> background(() -> ended(begun)));
        manager.start();
    }

    /** False where the queue ended meanwhile. */
    private synchronized boolean isTaken(QueueWork begun) {
        if (!over) {
            work = begun;
        }
        return !over;
    }

    private void background(Runnable task) {
        try {
            all.background().execute(task);
        } catch (RejectedExecutionException jenkinsGoesDown) {
            LOGGER.log(Level.FINE, "Left as it is: {0}", queue.id());
        }
    }

    private void event(Event event) {
        Status status = status();
        QueueManager manager = manager();
        boolean isFailure = event instanceof Event.Notice notice
                && manager != null
                && manager.failure().filter(notice.sentence()::equals).isPresent();
        if (!isFailure) { // which is told at the end
            lines.event(event, status);
        }
        if (!status.items().isEmpty() && snapshots.isDue(clock.instant())) {
            background(() -> snapshots.write(status));
        }
    }

    private void ended(QueueWork ended) {
        Status status = ended.manager().status();
        Optional<String> failure = ended.manager().failure();
        synchronized (this) {
            if (over || ended != work) {
                return;
            }
        }
        if (failure.isEmpty() && !ended.manager().endedRun() && isLeft(status)) {
            ended.close();
            lines.line("The run was ended by another build; this one goes on with what is left.");
            start();
        } else {
            end(
                    status,
                    failure,
                    failure.isPresent() && (mayBeLeft || !status.run().isEmpty()));
        }
    }

    /** Whether not all is done that this build wants, though another build of the same queue ended the run. */
    private boolean isLeft(Status status) {
        QueueRequest request = queue.getRequest();
        int left = status.count(ItemState.PENDING) + status.count(ItemState.CANCELLED);
        return left > 0 && request.isNamed() && !request.isCancelled();
    }

    /** @param abandoned whether something may be left in Kubernetes, for the sweep */
    private void end(Status status, Optional<String> failure, boolean abandoned) {
        Consumer<QueueEnd> told;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            told = whenEnded;
        }
        QueueRequest request = queue.getRequest();
        QueueEnd end = new QueueEnd(request.getDisplayName(), status, failure, request.isCancelled());
        String result = end.phase().name();
        queue.action().end(new QueueSummary(request, status, result, end.sentence(), clock.millis()));
        snapshots.writeLast(status.at(end.phase(), failure.orElse(status.sentence())));
        queue.forget();
        if (work != null) {
            work.close();
        }
        lines.end(end);
        try {
            queue.getRun().save();
            if (abandoned) {
                OpenQueues.get().abandon(queue);
            } else {
                OpenQueues.get().remove(queue);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not keep how " + queue.id() + " ended", e);
        }
        all.over(this);
        told.accept(end);
    }

    /** Null while it is only being opened. */
    QueueManager manager() {
        QueueWork now = work;
        return now == null ? null : now.manager();
    }

    Status status() {
        QueueWork now = work;
        return now == null ? queue.writtenStatus() : now.manager().status();
    }

    Optional<String> log(String item) throws InterruptedException {
        QueueWork now = work;
        return now == null ? Optional.empty() : now.manager().log(item);
    }

    /** @param item null for all that failed */
    void retry(String item) {
        working().retry(item);
    }

    private QueueWork working() {
        QueueWork now = work;
        if (now == null) {
            throw new IllegalStateException(
                    Messages.LiveQueue_opening(queue.getRequest().getDisplayName()));
        }
        return now;
    }

    void cancelItem(String item) {
        working().manager().cancelItem(item);
    }

    void change(UnaryOperator<QueueRequest> wish, Consumer<QueueManager> act) {
        QueueWork now = working();
        queue.action().change(queue.getKey(), wish);
        act.accept(now.manager());
        background(this::save);
    }

    private void save() {
        try {
            queue.getRun().save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not keep what was asked of " + queue.id(), e);
        }
    }

    /** Stops what runs. Returns at once. */
    void cancel() {
        queue.action().change(queue.getKey(), QueueRequest::asCancelled);
        background(() -> {
            save();
            QueueWork now = work;
            if (now != null && now.canStop(queue.getRequest().isNamed())) {
                lines.line("Stopping what runs; what has not ended is cancelled.");
                now.manager().cancel();
            } else {
                end(status(), Optional.empty(), true);
            }
        });
    }

    /** Goes on to the end without the build: nobody waits for it any more. */
    synchronized void detach() {
        whenEnded = end -> {};
        lines.mute();
    }

    /** Stops to work; what runs in Kubernetes goes on, and is taken up again after the restart. */
    void leave() {
        QueueWork left = stopWork();
        if (left != null) {
            snapshots.writeLast(left.manager().status());
            left.close();
        }
    }

    /** Stops to work, and writes nothing. */
    void drop() {
        lines.mute();
        QueueWork left = stopWork();
        if (left != null) {
            left.close();
        }
    }

    private synchronized QueueWork stopWork() {
        QueueWork now = over ? null : work;
        over = true;
        return now;
    }
}
