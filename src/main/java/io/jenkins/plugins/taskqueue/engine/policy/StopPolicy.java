package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;
import java.util.List;

/** Gives every item that has not ended by itself its outcome CANCELLED, when the run is stopped. */
final class StopPolicy {
    private StopPolicy() {}

    static Progress apply(Stop stop, Progress progress, Entry entry, List<PodView> pods, Instant time) {
        if (progress instanceof Progress.Ended || progress instanceof Progress.Recorded) {
            return progress;
        }
        return cancelled(stop.reason(), stop.sentence(), entry, pods, time);
    }

    static Progress.Ended cancelled(String reason, String message, Entry entry, List<PodView> pods, Instant time) {
        PodView last = pods.isEmpty() ? null : pods.get(pods.size() - 1);
        Instant started = last == null ? null : last.started();
        Outcome outcome = new Outcome(
                ItemState.CANCELLED, reason, message, AttemptPolicy.begun(entry, pods), started, time, "", "", false);
        return new Progress.Ended(outcome, last, true);
    }
}
