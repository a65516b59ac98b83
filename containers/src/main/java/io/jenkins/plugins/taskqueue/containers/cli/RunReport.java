package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Counts;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Spans;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.StatusJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is printed of a status: the table with the ends of failed items' logs, or the JSON document. */
final class RunReport {
    private static final int MOST_ROWS = 50;
    private static final int MOST_LOGS = 3;
    private static final int LOG_LINES = 10;

    private RunReport() {}

    static void print(Status status, OutputFormat format, Terminal terminal, Instant now) {
        PrintWriter out = terminal.out();
        int width = terminal.outIsLive() ? terminal.size().get().columns() : TerminalSize.PLAIN.columns();
        if (format == OutputFormat.JSON) {
            out.println(json(status, now));
        } else {
            out.println();
            ResultTable.lines(status, now, MOST_ROWS, width).forEach(out::println);
            failedLogs(status, out);
            out.println();
            out.println(summary(status));
        }
        out.flush();
    }

    private static String json(Status status, Instant now) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            StatusJson.writeAll(status, now, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void failedLogs(Status status, PrintWriter out) {
        status.items().stream()
                .filter(item ->
                        item.state() == ItemState.FAILED && !item.logTail().isBlank())
                .limit(MOST_LOGS)
                .forEach(item -> failedLog(item, out));
    }

    private static void failedLog(ItemStatus item, PrintWriter out) {
        List<String> lines = Text.cleanLines(item.logTail()).lines().toList();
        out.println();
        out.println("The end of the log of " + Text.clean(item.name()) + ":");
        lines.stream().skip(Math.max(0, lines.size() - LOG_LINES)).forEach(line -> out.println("    " + line));
    }

    private static String summary(Status status) {
        String took = status.begun() == null || !status.phase().isEnd()
                ? ""
                : " in " + Spans.text(Duration.between(status.begun(), status.now()));
        String why = status.sentence().isEmpty() ? "" : " " + Text.clean(status.sentence());
        return Counts.all(status) + took + "." + why;
    }
}
