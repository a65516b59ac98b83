package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import jenkins.model.RunAction2;

/**
 * The queues of a build. What it keeps in {@code build.xml} is small: nothing in it is per item. Thread-safe: the lists are
 * replaced and never changed, so that a build can be saved at any moment.
 */
public class TaskQueueAction extends InvisibleAction implements RunAction2 {
    private volatile ArrayList<QueueRequest> requests = new ArrayList<>();
    private volatile ArrayList<QueueSummary> summaries = new ArrayList<>();
    private transient Run<?, ?> run;
    private transient Map<String, BuildQueue> queues;

    /** @return null where the build has no queue */
    @CheckForNull
    public static TaskQueueAction of(Run<?, ?> run) {
        return run.getAction(TaskQueueAction.class);
    }

    /**
     * Notes a queue that begins now. Writes nothing: who calls it may not block.
     *
     * @param known the queue's key where it has one, since a crash lost what was noted; else null
     */
    static BuildQueue add(Run<?, ?> run, TaskQueueStep step, String known, long nowMillis) {
        TaskQueueAction action;
        synchronized (TaskQueueAction.class) {
            action = of(run);
            if (action == null) {
                action = new TaskQueueAction();
                run.addAction(action);
            }
        }
        return action.add(step, known, nowMillis);
    }

    private synchronized BuildQueue add(TaskQueueStep step, String known, long nowMillis) {
        int last = requests.stream()
                .mapToInt(request -> Integer.parseInt(request.getKey()))
                .max()
                .orElse(0);
        String key = known == null ? Integer.toString(last + 1) : known;
        QueueRequest request = new QueueRequest(key, step, run, nowMillis);
        ArrayList<QueueRequest> more = new ArrayList<>(requests);
        more.add(request);
        requests = more;
        return queue(request.getKey());
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    Run<?, ?> getRun() {
        return run;
    }

    /** In the order in which they began. */
    public synchronized List<BuildQueue> queues() {
        if (queues == null) {
            queues = new LinkedHashMap<>();
        }
        for (QueueRequest request : requests) {
            queues.computeIfAbsent(request.getKey(), key -> new BuildQueue(this, key));
        }
        return List.copyOf(queues.values());
    }

    /** @return null where the build has no such queue */
    @CheckForNull
    public BuildQueue queue(String key) {
        return queues().stream()
                .filter(queue -> queue.getKey().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Of the queues that are over. */
    public List<QueueSummary> getSummaries() {
        return List.copyOf(summaries);
    }

    @CheckForNull
    QueueSummary summary(String key) {
        return summaries.stream()
                .filter(summary -> summary.getKey().equals(key))
                .findFirst()
                .orElse(null);
    }

    QueueRequest request(String key) {
        return requests.stream()
                .filter(request -> request.getKey().equals(key))
                .findFirst()
                .orElseThrow();
    }

    synchronized void change(String key, UnaryOperator<QueueRequest> change) {
        ArrayList<QueueRequest> changed = new ArrayList<>(requests);
        changed.replaceAll(request -> request.getKey().equals(key) ? change.apply(request) : request);
        requests = changed;
    }

    synchronized void end(QueueSummary summary) {
        ArrayList<QueueSummary> more = new ArrayList<>(summaries);
        more.removeIf(old -> old.getKey().equals(summary.getKey()));
        more.add(summary);
        summaries = more;
    }
}
