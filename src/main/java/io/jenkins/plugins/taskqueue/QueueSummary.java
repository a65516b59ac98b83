package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.Serializable;
import java.util.Map;

/** How a queue of a build ended, in a few numbers. Immutable; kept with the build. */
public final class QueueSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String result;
    private final String sentence;
    private final int succeeded;
    private final int failed;
    private final int skipped;
    private final int cancelled;
    private final int unfinished;
    private final long startedMillis;
    private final long endedMillis;

    QueueSummary(QueueRequest request, Status status, String result, String sentence, long endedMillis) {
        this.key = request.getKey();
        this.result = result;
        this.sentence = sentence;
        this.succeeded = status.count(ItemState.SUCCEEDED);
        this.failed = status.count(ItemState.FAILED);
        this.skipped = status.count(ItemState.SKIPPED);
        this.cancelled = status.count(ItemState.CANCELLED);
        this.unfinished =
                status.count(ItemState.PENDING) + status.count(ItemState.STARTING) + status.count(ItemState.RUNNING);
        this.startedMillis = request.getStartedMillis();
        this.endedMillis = endedMillis;
    }

    public String getKey() {
        return key;
    }

    /** {@code SUCCEEDED}, {@code FAILED} or {@code CANCELLED}. */
    public String getResult() {
        return result;
    }

    /** How it ended, for people; may be empty. */
    public String getSentence() {
        return sentence;
    }

    /** As a status counts them; what had not ended counts as PENDING. */
    Map<ItemState, Integer> counts() {
        return Map.of(
                ItemState.SUCCEEDED, succeeded,
                ItemState.FAILED, failed,
                ItemState.SKIPPED, skipped,
                ItemState.CANCELLED, cancelled,
                ItemState.PENDING, unfinished);
    }

    public int getTotal() {
        return succeeded + failed + skipped + cancelled + unfinished;
    }

    public int getSucceeded() {
        return succeeded;
    }

    public int getFailed() {
        return failed;
    }

    public int getSkipped() {
        return skipped;
    }

    public int getCancelled() {
        return cancelled;
    }

    /** Items that had not ended: the queue could not go on, or was left. */
    public int getUnfinished() {
        return unfinished;
    }

    public long getStartedMillis() {
        return startedMillis;
    }

    public long getEndedMillis() {
        return endedMillis;
    }
}
