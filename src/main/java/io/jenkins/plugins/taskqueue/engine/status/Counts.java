package io.jenkins.plugins.taskqueue.engine.status;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The counts of a status in words. */
public final class Counts {
    private Counts() {}

    public static int ended(Status status) {
        return Arrays.stream(ItemState.values())
                .filter(ItemState::isFinal)
                .mapToInt(status::count)
                .sum();
    }

    public static int total(Status status) {
        return Arrays.stream(ItemState.values()).mapToInt(status::count).sum();
    }

    /** Such as {@code 12 succeeded, 1 failed, 4 running}; what is none is left out. */
    public static String text(Status status, ItemState... states) {
        return Arrays.stream(states)
                .filter(state -> status.count(state) > 0)
                .map(state -> status.count(state) + " " + state.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    public static String all(Status status) {
        String text = text(
                status,
                ItemState.SUCCEEDED,
                ItemState.FAILED,
                ItemState.CANCELLED,
                ItemState.SKIPPED,
                ItemState.RUNNING,
                ItemState.STARTING,
                ItemState.PENDING);
        return text.isEmpty() ? "no items" : text;
    }
}
