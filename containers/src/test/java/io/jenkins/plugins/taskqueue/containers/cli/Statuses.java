package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Made-up statuses. */
final class Statuses {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private Statuses() {}

    static Status of(ItemStatus... items) {
        return of(Status.Phase.RUNNING, "", null, List.of(items));
    }

    static Status of(Status.Phase phase, String sentence, Duration timeToGo, List<ItemStatus> items) {
        Map<ItemState, Integer> counts = new EnumMap<>(ItemState.class);
        for (ItemState state : ItemState.values()) {
            counts.put(state, 0);
        }
        items.forEach(item -> counts.merge(item.state(), 1, Integer::sum));
        return new Status("videos", "run", phase, sentence, 4, counts, 1, NOW, NOW.minusSeconds(60), timeToGo, items);
    }

    /** Listed 50 seconds ago, started 20 seconds ago, ended 5 seconds ago, as far as its state has it. */
    static ItemStatus item(String name, ItemState state, String reason, String message, String result) {
        boolean started = state != ItemState.PENDING && state != ItemState.STARTING && state != ItemState.SKIPPED;
        return new ItemStatus(
                1,
                name,
                state,
                reason,
                message,
                started ? 1 : 0,
                1,
                NOW.minusSeconds(50),
                started ? NOW.minusSeconds(20) : null,
                state.isFinal() ? NOW.minusSeconds(5) : null,
                result,
                "",
                1);
    }

    static ItemStatus item(String name, ItemState state) {
        return item(name, state, "", "", "");
    }

    static ItemStatus failed(String name) {
        return item(name, ItemState.FAILED, "ExitCode", "exit code 3", "");
    }
}
