package io.jenkins.plugins.taskqueue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The form of {@link QueueSnapshot}'s file. Instants are milliseconds of the epoch. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record SnapshotJson(
        String queue,
        String run,
        Status.Phase phase,
        String sentence,
        int parallelism,
        Map<ItemState, Integer> counts,
        long revision,
        Long now,
        Long begun,
        List<Row> items) {

    /** One item. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Row(
            int id,
            String name,
            ItemState state,
            String reason,
            String message,
            int attempts,
            int batch,
            Long listed,
            Long started,
            Long ended,
            String result,
            String logTail,
            long revision) {

        static Row of(ItemStatus row) {
            return new Row(
                    row.id(),
                    row.name(),
                    row.state(),
                    row.reason(),
                    row.message(),
                    row.attempts(),
                    row.batch(),
                    millis(row.listed()),
                    millis(row.started()),
                    millis(row.ended()),
                    row.result(),
                    row.logTail(),
                    row.revision());
        }

        ItemStatus row() {
            return new ItemStatus(
                    id,
                    text(name),
                    state,
                    text(reason),
                    text(message),
                    attempts,
                    batch,
                    instant(listed),
                    instant(started),
                    instant(ended),
                    text(result),
                    text(logTail),
                    revision);
        }
    }

    static SnapshotJson of(Status status) {
        return new SnapshotJson(
                status.queue(),
                status.run(),
                status.phase(),
                status.sentence(),
                status.parallelism(),
                status.counts(),
                status.revision(),
                millis(status.now()),
                millis(status.begun()),
                status.items().stream().map(Row::of).toList());
    }

    Status status() {
        return new Status(
                text(queue),
                text(run),
                phase,
                text(sentence),
                parallelism,
                counts == null ? Map.of() : counts,
                revision,
                instant(now),
                instant(begun),
                null,
                items == null ? List.of() : items.stream().map(Row::row).toList());
    }

    // What is empty or nothing is not written.
    private static String text(String text) {
        return text == null ? "" : text;
    }

    private static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
