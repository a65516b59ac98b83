package io.jenkins.plugins.taskqueue.engine.record;

import java.time.Instant;

/**
 * One item in a batch record.
 *
 * @param batch number of the batch that the item was claimed in; the highest one that names an item says its state
 * @param index completion index in that batch, from 0
 * @param run id of the run that claimed it
 * @param name the item's name
 * @param listed when the claiming manager first saw it listed
 * @param attempts those that are over and counted here, while it is live
 * @param outcome how it ended; null while it is live
 */
public record Entry(int batch, int index, String run, String name, Instant listed, Attempts attempts, Outcome outcome) {

    public Entry(int batch, int index, String run, String name, Instant listed, Outcome outcome) {
        this(batch, index, run, name, listed, Attempts.NONE, outcome);
    }

    public boolean isLive() {
        return outcome == null;
    }

    public Entry withAttempts(Attempts over) {
        return new Entry(batch, index, run, name, listed, over, outcome);
    }

    public Entry withOutcome(Outcome end) {
        return new Entry(batch, index, run, name, listed, end);
    }
}
