package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.ledger.Table;
import io.jenkins.plugins.taskqueue.engine.policy.Plan;
import io.jenkins.plugins.taskqueue.engine.policy.Situation;
import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.Status.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the status after each pass; the same instance where a reader would see no difference. Used by one thread. */
final class StatusMaker {
    private final Table table;
    private final Pace pace;
    private final Instant begun;
    private final Supplier<String> lookingOn;
    private Status last;

    /** @param lookingOn tells why the manager does not act; empty where it does */
    StatusMaker(Table table, Pace pace, Instant begun, Supplier<String> lookingOn) {
        this.table = table;
        this.pace = pace;
        this.begun = begun;
        this.lookingOn = lookingOn;
    }

    Status last() {
        return last;
    }

    Status make(
            QueueSpec spec,
            Controls controls,
            Plan plan,
            Situation situation,
            Observed observed,
            String sourceTrouble,
            String scaling,
            boolean ended,
            Instant now) {
        Map<ItemState, Integer> counts = table.counts();
        Phase phase = ended ? end(spec, plan.stop(), counts) : phase(controls, plan.stop(), situation, counts);
        String sentence = sentence(plan, situation, sourceTrouble, ended);
        if (last == null
                || last.phase() != phase
                || !last.sentence().equals(sentence)
                || !last.scaling().equals(scaling)
                || last.parallelism() != spec.parallelism()) {
            table.touch();
        }
        List<ItemStatus> items = table.publish();
        if (last == null || last.revision() != table.revision()) {
            int left = counts.get(ItemState.PENDING) + counts.get(ItemState.STARTING) + counts.get(ItemState.RUNNING);
            last = new Status(
                    spec.name(),
                    observed.run().id(),
                    phase,
                    sentence,
                    spec.parallelism(),
                    scaling,
                    counts,
                    table.revision(),
                    now,
                    begun,
                    left == 0 ? null : pace.timeFor(left),
                    items);
        }
        return last;
    }

    private static Phase phase(Controls controls, Stop stop, Situation now, Map<ItemState, Integer> counts) {
        if (stop.isStopped()) {
            return Phase.CANCELLING;
        }
        if (controls.paused()) {
            return Phase.PAUSED;
        }
        boolean idle = counts.values().stream().allMatch(count -> count == 0);
        return !now.mayAct() || idle ? Phase.WAITING : Phase.RUNNING;
    }

    /**
     * A run succeeded if every item did, now or before, or no more failed than a limit that was set; what a person
     * cancelled counts as failed there.
     */
    private static Phase end(QueueSpec spec, Stop stop, Map<ItemState, Integer> counts) {
        if (stop.equals(Stop.ABORT)) {
            return Phase.CANCELLED;
        }
        int undone = counts.get(ItemState.FAILED) + counts.get(ItemState.CANCELLED);
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        boolean tolerated =
                undone == 0 || (spec.failures().isSet() && !spec.failures().isExceededBy(undone, all));
        boolean complete = counts.entrySet().stream()
                .filter(count -> !count.getKey().isFinal())
                .allMatch(count -> count.getValue() == 0);
        return tolerated && complete && !stop.isStopped() ? Phase.SUCCEEDED : Phase.FAILED;
    }

    private String sentence(Plan plan, Situation now, String sourceTrouble, boolean ended) {
        if (plan.stop().isStopped()) {
            return plan.stop().sentence();
        }
        if (ended) { // nobody may act any more, which is no trouble
            return plan.sentence();
        }
        if (!lookingOn.get().isEmpty()) {
            return lookingOn.get();
        }
        return now.underway().held().values().stream()
                .map(Underway.Hold::sentence)
                .filter(text -> !text.isEmpty())
                .sorted()
                .findFirst()
                .orElse(plan.sentence().isEmpty() ? sourceTrouble : plan.sentence());
    }
}
