package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A batch, and how each of its items stands.
 *
 * @param items by completion index
 */
public record Judged(Batch batch, List<Progress> items) {

    static Judged of(QueueSpec spec, Batch batch, Situation situation, Instant now) {
        List<Progress> items = new ArrayList<>(batch.pods().size());
        for (int i = 0; i < batch.pods().size(); i++) {
            List<PodView> pods = batch.pods().get(i);
            Entry entry = batch.record().entries().get(i);
            Progress progress = AttemptPolicy.judge(spec, entry, pods, situation.since());
            progress = StartTimeoutPolicy.apply(spec, situation, progress, now);
            Underway.Unfit unfit = situation.underway().unfit().get(Action.StartPod.key(batch.number(), i));
            if (unfit != null && progress instanceof Progress.Due due) {
                progress = refused(unfit.sentence(), due, situation.time());
            }
            boolean unwanted = situation.cancelled().items().contains(entry.name());
            items.add(unwanted ? StopPolicy.apply(Stop.ITEM, progress, entry, pods, situation.time()) : progress);
        }
        return new Judged(batch, items);
    }

    /** What can have no pod for its own sake has failed: it must hold up nothing else. */
    private static Progress refused(String sentence, Progress.Due due, Instant time) {
        String reason = Underway.Hold.REFUSED;
        Outcome outcome = new Outcome(ItemState.FAILED, reason, sentence, due.attempt(), null, time, "", "", false);
        return new Progress.Ended(outcome, due.previous(), true);
    }

    Judged stopped(Stop stop, Instant time) {
        List<Progress> stopped = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            stopped.add(StopPolicy.apply(
                    stop,
                    items.get(i),
                    batch.record().entries().get(i),
                    batch.pods().get(i),
                    time));
        }
        return new Judged(batch, stopped);
    }

    /** Key of what the item may have to wait for: its Job or its pod that can't be created yet. */
    public String holdKey(int index) {
        return batch.job() == null
                ? new Action.StartJob(batch.record()).key()
                : Action.StartPod.key(batch.number(), index);
    }

    /**
     * What the item waits for beside its pod; null where there is nothing.
     *
     * @param underway what was tried in vain
     */
    public Underway.Hold hold(int index, Underway underway) {
        JobView job = batch.job();
        return job != null && job.suspended()
                ? new Underway.Hold(Instant.MAX, PodView.SUSPENDED, job.suspension())
                : underway.held().get(holdKey(index));
    }

    /**
     * Items that hold a slot: their worker was started, or will be, and it has not ended. An end that no pod's own
     * proves may yet be thought better of, so that it frees the slot only once it is written.
     */
    public int slots() {
        int taken = 0;
        for (int i = 0; i < items.size(); i++) {
            Progress progress = items.get(i);
            boolean ended =
                    progress instanceof Progress.Recorded || (progress instanceof Progress.Ended end && !end.stops());
            if (!ended || batch.hasUnendedPod(i)) {
                taken++;
            }
        }
        return taken;
    }

    /** Items whose Job or pod a quota refuses. */
    public int refused(Underway underway) {
        return (int) IntStream.range(0, items.size())
                .filter(i -> items.get(i) instanceof Progress.Due)
                .mapToObj(i -> underway.held().get(holdKey(i)))
                .filter(hold -> hold != null && hold.reason().equals(Underway.Hold.QUOTA))
                .count();
    }

    /** Whether every item has come to its end, in the record or not yet. */
    boolean isComplete() {
        return items.stream()
                .allMatch(progress -> progress instanceof Progress.Ended || progress instanceof Progress.Recorded);
    }

    /** Whether the record has every outcome as it is now. */
    boolean isWritten() {
        return items.stream().allMatch(Progress.Recorded.class::isInstance);
    }

    /** Names of items that have their outcome, and a pod that may still run or has succeeded after all. */
    Stream<String> lingering() {
        return IntStream.range(0, items.size())
                .filter(i -> !batch.record().entries().get(i).isLive())
                .filter(i -> !(items.get(i) instanceof Progress.Recorded) || batch.hasUnendedPod(i))
                .mapToObj(i -> batch.record().entries().get(i).name());
    }

    /** Items that have failed, and whose record does not say so yet. */
    int unrecordedFailures() {
        int failed = 0;
        for (Progress progress : items) {
            if (progress instanceof Progress.Ended ended && ended.outcome().state() == ItemState.FAILED) {
                failed++;
            }
        }
        return failed;
    }
}
