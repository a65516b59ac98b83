package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.TaskListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The queues that are worked on in this Jenkins, and the threads that they share. Thread-safe. */
@Extension
public class BuildQueues {
    private static final Logger LOGGER = Logger.getLogger(BuildQueues.class.getName());
    private static final int LOOPS = 4;
    private static final int BACKGROUND = 16;
    private static final long PATIENCE_SECONDS = 15;

    private final Map<String, LiveQueue> live = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor background = new ThreadPoolExecutor(
            BACKGROUND,
            BACKGROUND,
            PATIENCE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            QueueThreads.named("work"));
    private final Map<String, QueueThreads.OfCluster> threads = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(LOOPS, QueueThreads.named("loop"));

    public BuildQueues() {
        timer.setRemoveOnCancelPolicy(true);
        background.allowCoreThreadTimeOut(true);
        ClusterLimits.begin(this);
    }

    static BuildQueues get() {
        return ExtensionList.lookupSingleton(BuildQueues.class);
    }

    ExecutorService background() {
        return background;
    }

    /** Threads for one more queue of that cluster. */
    QueueThreads threads(String cluster) {
        return threads.computeIfAbsent(String.valueOf(cluster), name -> new QueueThreads.OfCluster())
                .ofQueue();
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    /**
     * Begins to work on a queue, or goes on with it. Returns at once.
     *
     * @param whenEnded told once, on a thread that may block; not when Jenkins goes down before
     */
    void begin(BuildQueue queue, TaskQueueStep step, TaskListener listener, Consumer<QueueEnd> whenEnded) {
        LiveQueue begun = new LiveQueue(this, queue, step, listener, whenEnded);
        if (live.putIfAbsent(queue.id(), begun) != null) {
            throw new IllegalStateException("The queue " + queue.id() + " is worked on already.");
        }
        background.execute(begun::start);
    }

    @CheckForNull
    LiveQueue live(BuildQueue queue) {
        return live.get(queue.id());
    }

    /** @param id see {@link BuildQueue#id} */
    boolean isLive(String id) {
        return live.containsKey(id);
    }

    /** Stops to work, for the build is deleted: nothing of it is written any more. What it left is swept. */
    void drop(BuildQueue queue) {
        LiveQueue dropped = live.remove(queue.id());
        if (dropped != null) {
            dropped.drop();
        }
    }

    /** Those that are worked on now. */
    List<BuildQueue> live() {
        return live.values().stream().map(LiveQueue::queue).toList();
    }

    /** Has each manager do as many items at once as its build and its cluster's limit allow. */
    void shareLimits() {
        ClusterLimits.get().share(live.values());
    }

    void over(LiveQueue ended) {
        live.remove(ended.queue().id(), ended);
    }

    // Each may have to wait for a call that is under way.
    private void leaveAll() {
        try {
            CompletableFuture.allOf(live.values().stream()
                            .map(queue -> CompletableFuture.runAsync(queue::leave, background))
                            .toArray(CompletableFuture[]::new))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "A queue was left in haste: its next manager may have to wait for its lease", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops to work, for Jenkins goes down; what runs in Kubernetes goes on. */
    @Terminator
    public static void shutDown() {
        BuildQueues queues = ExtensionList.lookup(BuildQueues.class).get(BuildQueues.class);
        if (queues != null) {
            queues.leaveAll();
            queues.timer.shutdownNow();
            queues.background.shutdownNow();
            queues.threads.values().forEach(QueueThreads.OfCluster::close);
        }
    }
}
