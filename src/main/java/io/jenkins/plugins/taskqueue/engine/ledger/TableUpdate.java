package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.policy.Judged;
import io.jenkins.plugins.taskqueue.engine.policy.Progress;
import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Brings the table up to date after a decision, and tells what happened. Used by one thread. */
public final class TableUpdate {
    private final Ledger ledger;
    private final Table table;
    private final Transitions transitions;
    private Stop shownStop = Stop.NO;
    private boolean first = true;
    /** Rows of the batches that were there last time: one that is gone is shown by its record alone. */
    private Set<Row> lastLive = Set.of();

    /** @param events told of what changes after the first update: what was so before this manager is no event */
    public TableUpdate(Ledger ledger, Table table, Consumer<Event> events) {
        this.ledger = ledger;
        this.table = table;
        this.transitions = new Transitions(events);
    }

    public void apply(List<Judged> batches, Stop stop, Underway underway) {
        if (!stop.equals(shownStop)) {
            ledger.touchPending();
            shownStop = stop;
        }
        Set<Row> changed = new LinkedHashSet<>(lastLive);
        Set<Row> live = new HashSet<>();
        for (Judged judged : batches) {
            for (int i = 0; i < judged.items().size(); i++) {
                Entry entry = judged.batch().record().entries().get(i);
                Row row = ledger.row(entry.name());
                if (row != null && row.entry != null && row.entry.batch() == entry.batch() && live.add(row)) {
                    Progress progress = judged.items().get(i);
                    if (!(progress instanceof Progress.Recorded)) {
                        Underway.Hold hold = judged.hold(i, underway);
                        update(row, RowStatus.live(row, progress, hold), progress);
                    } else {
                        update(row, RowStatus.idle(row, ledger.run(), stop), progress);
                    }
                }
            }
        }
        changed.addAll(ledger.takeDirty());
        changed.removeAll(live);
        changed.forEach(row -> update(row, RowStatus.idle(row, ledger.run(), stop), null));
        lastLive = live;
        first = false;
    }

    private void update(Row row, ItemStatus fresh, Progress progress) {
        ItemStatus before = row.status;
        if (table.update(row, fresh) && !first) {
            transitions.tell(before, row.status, progress);
        }
    }
}
