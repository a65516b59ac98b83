package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Counts;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Spans;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One frame of the live display: bar, counts, what runs, what failed last. No line is wider than the terminal. */
final class ProgressFrame {
    private static final int MOST_ITEMS = 8;
    private static final int WIDEST_BAR = 40;

    private ProgressFrame() {}

    static List<String> lines(Status status, List<Event.Ended> failures, Instant now, TerminalSize size) {
        List<String> lines = new ArrayList<>();
        lines.add(bar(status, size.columns()));
        lines.add("  " + Counts.all(status));
        if (!status.sentence().isEmpty()) {
            lines.add("  " + Text.clean(status.sentence()));
        }
        if (!status.scaling().isEmpty()) {
            lines.add("  Parallelism " + status.scaling());
        }
        int room = Math.max(0, Math.min(MOST_ITEMS, size.rows() - 3 - lines.size() - failures.size()));
        lines.addAll(started(status, now, room, size.columns()));
        failures.forEach(failure -> lines.add("  ✗ " + Text.clean(failure.item()) + "  " + why(failure)));
        return lines.stream()
                .limit(Math.max(1, size.rows() - 1))
                .map(line -> Text.cut(line, size.columns() - 1))
                .toList();
    }

    static String bar(Status status, int columns) {
        int total = Counts.total(status);
        int ended = Counts.ended(status);
        String figures = total == 0
                ? "  waiting for the source's listing"
                : "  " + ended + " of " + total + "  " + 100L * ended / total + " %" + timeToGo(status);
        int width = Math.max(4, Math.min(WIDEST_BAR, columns - 3 - Text.columns(figures)));
        int full = total == 0 ? 0 : (int) ((long) width * ended / total);
        return "[" + "█".repeat(full) + "░".repeat(width - full) + "]" + figures;
    }

    private static String timeToGo(Status status) {
        return status.timeToGo() == null ? "" : "  about " + Spans.text(status.timeToGo()) + " to go";
    }

    private static List<String> started(Status status, Instant now, int room, int columns) {
        int started = status.count(ItemState.RUNNING) + status.count(ItemState.STARTING);
        if (started == 0 || room == 0) {
            return List.of();
        }
        List<ItemStatus> shown = new ArrayList<>();
        for (ItemState state : List.of(ItemState.RUNNING, ItemState.STARTING)) {
            status.items().stream()
                    .filter(item -> item.state() == state)
                    .limit(room - shown.size())
                    .forEach(shown::add);
        }
        int width = Math.max(10, Math.min(50, columns / 2));
        List<String> lines = new ArrayList<>();
        shown.forEach(item -> lines.add("  ▸ " + Text.fit(Text.clean(item.name()), width) + "  " + doing(item, now)));
        if (started > shown.size()) {
            lines.set(lines.size() - 1, "    and " + (started - shown.size() + 1) + " more");
        }
        return lines;
    }

    private static String doing(ItemStatus item, Instant now) {
        if (item.state() == ItemState.RUNNING) {
            return Spans.between(item.started(), now)
                    + (item.attempts() > 1 ? "  attempt " + item.attempts() : "")
                    + (item.message().isEmpty() ? "" : "  " + Text.clean(item.message()));
        }
        return "starting" + (item.reason().isEmpty() ? "" : ": " + Text.clean(item.reason()));
    }

    private static String why(Event.Ended failure) {
        String message = failure.message().isEmpty() ? "" : ": " + failure.message();
        return Text.clean(failure.reason() + message);
    }
}
