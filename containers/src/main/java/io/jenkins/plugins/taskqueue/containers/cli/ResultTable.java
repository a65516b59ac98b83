package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Spans;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The table of a status, failed items first; cut to a width and to so many rows. */
final class ResultTable {
    private static final List<String> HEADINGS =
            List.of("STATE", "ITEM", "REASON", "ATTEMPTS", "WAITED", "RAN", "RESULT");
    private static final List<ItemState> ORDER = List.of(
            ItemState.FAILED,
            ItemState.CANCELLED,
            ItemState.RUNNING,
            ItemState.STARTING,
            ItemState.PENDING,
            ItemState.SUCCEEDED,
            ItemState.SKIPPED);
    /** The columns that others fill, which are cut where the terminal is narrow. */
    private static final List<Integer> ELASTIC = List.of(1, 2, 6);

    private static final int NARROWEST = 10;

    private ResultTable() {}

    /** @param most rows; how many more there are is said in a last line */
    static List<String> lines(Status status, Instant now, int most, int width) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADINGS);
        status.items().stream()
                .sorted(Comparator.comparingInt(item -> ORDER.indexOf(item.state())))
                .limit(most)
                .forEach(item -> cells.add(row(item, now)));
        int[] widths = widths(cells, width);
        List<String> lines = new ArrayList<>();
        cells.forEach(row -> lines.add(line(row, widths)));
        int more = status.items().size() - most;
        if (more > 0) {
            lines.add("and " + more + " more; --output json prints every item");
        }
        return lines;
    }

    private static List<String> row(ItemStatus item, Instant now) {
        Instant end = item.ended() == null ? now : item.ended();
        boolean ended = item.state().isFinal();
        String message = item.message().isEmpty() ? "" : ": " + item.message();
        String waited = item.started() == null && ended ? "" : Spans.between(item.listed(), waitedUntil(item, now));
        return List.of(
                item.state().name(),
                Text.clean(item.name()),
                Text.clean(item.reason() + (item.reason().isEmpty() ? item.message() : message)),
                item.attempts() == 0 ? "" : Integer.toString(item.attempts()),
                item.state() == ItemState.SKIPPED ? "" : waited,
                item.state() == ItemState.SKIPPED ? "" : Spans.between(item.started(), end),
                Text.clean(item.result().strip()));
    }

    private static Instant waitedUntil(ItemStatus item, Instant now) {
        return item.started() == null ? now : item.started();
    }

    private static int[] widths(List<List<String>> cells, int width) {
        int[] widths = IntStream.range(0, HEADINGS.size())
                .map(column -> cells.stream()
                        .mapToInt(row -> Text.columns(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        int over = IntStream.of(widths).sum() + 2 * (widths.length - 1) - width;
        while (over > 0) {
            int widest = ELASTIC.stream()
                    .max(Comparator.comparingInt(column -> widths[column]))
                    .orElseThrow();
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
            over--;
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(Text.fit(row.get(column), widths[column])).append("  ");
        }
        return line.toString().stripTrailing();
    }
}
