package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.policy.Batch;
import io.jenkins.plugins.taskqueue.engine.policy.Batches;
import io.jenkins.plugins.taskqueue.engine.policy.Decision;
import io.jenkins.plugins.taskqueue.engine.policy.Plan;
import io.jenkins.plugins.taskqueue.engine.policy.Since;
import io.jenkins.plugins.taskqueue.engine.policy.Situation;
import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.policy.Strays;
import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Instant;
import java.util.List;

/** The status of a queue as its objects alone tell it, without its source: items that nobody has claimed are not in it. */
public final class RecordedStatus {
    private RecordedStatus() {}

    /** @param spec tells how many attempts an item has; of its worker nothing is used */
    public static Status of(QueueSpec spec, Observed observed, Instant now) {
        Table table = new Table(now.toEpochMilli());
        Ledger ledger = new Ledger(observed.run().id(), table);
        List<String> names = observed.records().stream()
                .flatMap(record -> record.entries().stream())
                .map(Entry::name)
                .distinct()
                .toList();
        ledger.list(new Listing(names, "", false), now);
        ledger.fold(observed.records());
        List<Batch> batches = Batches.of(observed);
        Situation situation = new Situation(
                now,
                false,
                false,
                Stop.NO,
                Situation.Cancelled.NOTHING,
                Strays.NONE,
                batches,
                Since.NOTHING.with(batches, now),
                observed.records(),
                observed.run(),
                List.of(),
                0,
                0,
                true,
                Instant.MIN,
                Situation.Told.NOTHING,
                Underway.NOTHING);
        Plan plan = Decision.decide(spec, situation, now);
        new TableUpdate(ledger, table, event -> {}).apply(plan.judged(), Stop.NO, Underway.NOTHING);
        boolean live = observed.records().stream().anyMatch(record -> !record.isEnded());
        Status.Phase phase = live || !observed.run().ended() ? Status.Phase.RUNNING : Status.Phase.SUCCEEDED;
        List<ItemStatus> items = table.publish();
        return new Status(
                spec.name(),
                observed.run().id(),
                phase,
                "",
                spec.parallelism(),
                table.counts(),
                table.revision(),
                now,
                null,
                null,
                items);
    }
}
