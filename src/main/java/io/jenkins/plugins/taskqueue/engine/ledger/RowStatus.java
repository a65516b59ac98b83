package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.policy.Progress;
import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import java.time.Instant;

/** Makes the table's rows from what is known of the items. */
final class RowStatus {
    private RowStatus() {}

    /** An item of no live batch. */
    static ItemStatus idle(Row row, String run, Stop stop) {
        if (row.isPending(run)) {
            return stop.isStopped()
                    ? bare(row, ItemState.CANCELLED, stop.reason(), stop.sentence())
                    : bare(row, ItemState.PENDING, "", "");
        }
        if (row.entry == null) {
            return bare(row, ItemState.PENDING, "", "");
        }
        if (row.isLive()) {
            return bare(row, ItemState.STARTING, "Claimed", "");
        }
        ItemState state =
                row.isDoneBefore(run) ? ItemState.SKIPPED : row.entry.outcome().state();
        return ended(row, state, row.entry.outcome());
    }

    /** An item of a live batch. */
    static ItemStatus live(Row row, Progress progress, Underway.Hold hold) {
        if (progress instanceof Progress.Running running) {
            PodView pod = running.pod();
            return attempt(row, ItemState.RUNNING, pod.attempt() + 1, pod.started(), pod.reason(), pod.message());
        } else if (progress instanceof Progress.Waiting waiting) {
            PodView pod = waiting.pod();
            return attempt(row, ItemState.STARTING, pod.attempt() + 1, null, pod.reason(), pod.message());
        } else if (progress instanceof Progress.Due due) {
            return due(row, due, hold);
        } else if (progress instanceof Progress.Ended ended) {
            return ended(row, ended.outcome().state(), ended.outcome());
        }
        return ended(row, row.entry.outcome().state(), row.entry.outcome());
    }

    private static ItemStatus due(Row row, Progress.Due due, Underway.Hold hold) {
        boolean held = hold != null && !hold.reason().isEmpty();
        String message = held ? hold.sentence() : "";
        if (due.attempt() == 0) {
            return bare(row, ItemState.STARTING, held ? hold.reason() : "Creating", message);
        }
        String why = "Attempt " + (due.attempt() - 1) + " ended: " + due.over().end() + ".";
        return attempt(
                row, ItemState.STARTING, due.attempt(), null, held ? hold.reason() : "Retrying", held ? message : why);
    }

    private static ItemStatus bare(Row row, ItemState state, String reason, String message) {
        int batch = row.isLive() ? row.entry.batch() : 0;
        return new ItemStatus(row.id, row.name, state, reason, message, 0, batch, row.listedAt, null, null, "", "", 0);
    }

    private static ItemStatus attempt(
            Row row, ItemState state, int attempts, Instant started, String reason, String message) {
        return new ItemStatus(
                row.id,
                row.name,
                state,
                reason,
                message,
                attempts,
                row.entry.batch(),
                row.listedAt,
                started,
                null,
                "",
                "",
                0);
    }

    private static ItemStatus ended(Row row, ItemState state, Outcome outcome) {
        return new ItemStatus(
                row.id,
                row.name,
                state,
                outcome.reason(),
                outcome.message(),
                outcome.attempts(),
                row.entry.batch(),
                row.listedAt,
                outcome.started(),
                outcome.ended(),
                outcome.result(),
                outcome.logTail(),
                0);
    }
}
