package io.jenkins.plugins.taskqueue;

import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.ItemLog;
import io.jenkins.plugins.taskqueue.engine.LogStore;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.lang.ref.SoftReference;
import java.util.Optional;

/**
 * A queue of a build, live or over. A handle only: what works is found by the build's and the queue's names, so that it
 * stays right when Jenkins loads the build anew. Thread-safe.
 */
public final class BuildQueue {
    private final TaskQueueAction action;
    private final String key;
    private SoftReference<Status> kept = new SoftReference<>(null);

    BuildQueue(TaskQueueAction action, String key) {
        this.action = action;
        this.key = key;
    }

    /** "1", "2", … in the order in which the build began them. Stays over restarts. */
    public String getKey() {
        return key;
    }

    public QueueRequest getRequest() {
        return action.request(key);
    }

    public Run<?, ?> getRun() {
        return action.getRun();
    }

    TaskQueueAction action() {
        return action;
    }

    /** Names the queue in this Jenkins. */
    String id() {
        return getRun().getExternalizableId() + "/" + key;
    }

    /** What is so now, or was at the end. */
    public Status status() {
        LiveQueue live = BuildQueues.get().live(this);
        return live == null ? keptStatus() : live.status();
    }

    /** What was written last, read once. May block the first time. */
    synchronized Status writtenStatus() {
        Status status = kept.get();
        if (status == null) {
            status = snapshot().read(getRequest(), action.summary(key));
            kept = new SoftReference<>(status);
        }
        return status;
    }

    private synchronized Status keptStatus() {
        Status status = writtenStatus();
        if (status.phase().isEnd() || getRun().isBuilding()) {
            return status;
        }
        // What was written before a crash says that it goes on.
        QueueSummary summary = action.summary(key);
        Status last = LastSeen.of(status, summary == null ? Messages.LastSeen_queue() : summary.getSentence());
        kept = new SoftReference<>(last);
        return last;
    }

    /** What was written is to be read anew. */
    synchronized void forget() {
        kept.clear();
    }

    /** Whether a manager works on it in this Jenkins. */
    public boolean isLive() {
        return BuildQueues.get().live(this) != null;
    }

    /**
     * The log of an item's last attempt. May block.
     *
     * @return empty where the item is not known or has no log
     */
    public Optional<String> log(String item) throws InterruptedException {
        LiveQueue live = BuildQueues.get().live(this);
        if (live != null) {
            return live.log(item);
        }
        return keptStatus().item(item).flatMap(row -> ItemLog.kept(logs(), row));
    }

    /**
     * Has an item done again that FAILED, or that a person cancelled. May block.
     *
     * @throws IllegalStateException with a sentence when the queue is over
     */
    public void retry(String item) {
        work().retry(item);
    }

    /** Like {@link #retry}, for every FAILED item. */
    public void retryFailed() {
        work().retry(null);
    }

    /** Stops one item; the others go on. */
    public void cancelItem(String item) {
        work().cancelItem(item);
    }

    /** Stops what runs; what has not ended is CANCELLED. */
    public void cancel() {
        work().cancel();
    }

    /** Changes how many items run at once. Nothing that runs is stopped. */
    public void setParallelism(int most) {
        LiveQueue live = work();
        if (most < 0) {
            throw new IllegalArgumentException("The parallelism is " + most + ": it must not be negative.");
        }
        live.change(
                request -> request.withParallelism(most),
                manager -> BuildQueues.get().shareLimits());
    }

    /** Whether anything new is started. What runs goes on. */
    public void pause(boolean paused) {
        work().change(request -> request.withPaused(paused), manager -> manager.pause(paused));
    }

    private LiveQueue work() {
        LiveQueue live = BuildQueues.get().live(this);
        if (live == null) {
            throw new IllegalStateException(
                    Messages.BuildQueue_over(getRequest().getDisplayName()));
        }
        return live;
    }

    LogStore logs() {
        return new LogStore(
                getRun().getRootDir().toPath().resolve("task-queue-logs").resolve(key));
    }

    QueueSnapshot snapshot() {
        return new QueueSnapshot(getRun().getRootDir().toPath().resolve("task-queue-" + key + "-v1.json"));
    }
}
