package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Counts;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** What the step returns: plain values, which a sandboxed Pipeline may use and Jenkins can keep. */
final class StepResult {
    /** So many characters of results are returned: Jenkins writes them down at every step that follows. */
    private static final int MOST_RESULTS = 4 * 1024 * 1024;

    private StepResult() {}

    static HashMap<String, Object> of(Status status) {
        ArrayList<String> failedItems = new ArrayList<>();
        HashMap<String, String> results = new HashMap<>();
        long characters = 0;
        for (ItemStatus item : status.items()) {
            if (item.state() == ItemState.FAILED) {
                failedItems.add(item.name());
            }
            characters += item.result().length();
            if (!item.result().isEmpty() && characters <= MOST_RESULTS) {
                results.put(item.name(), item.result());
            }
        }
        return new HashMap<>(Map.of(
                "total", Counts.total(status),
                "succeeded", status.count(ItemState.SUCCEEDED),
                "failed", status.count(ItemState.FAILED),
                "skipped", status.count(ItemState.SKIPPED),
                "cancelled", status.count(ItemState.CANCELLED),
                "failedItems", failedItems,
                "results", results));
    }
}
