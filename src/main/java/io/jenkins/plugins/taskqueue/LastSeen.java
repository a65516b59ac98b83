package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is shown of a queue whose build ended before it, as in a crash: nothing in it goes on. */
final class LastSeen {
    private LastSeen() {}

    /**
     * @param kept as it was written while it went on
     * @param sentence what became of it
     */
    static Status of(Status kept, String sentence) {
        Map<ItemState, Integer> counts = new EnumMap<>(ItemState.class);
        kept.counts().forEach((state, count) -> counts.merge(end(state), count, Integer::sum));
        List<ItemStatus> items = kept.items().stream().map(LastSeen::ended).toList();
        return new Status(
                kept.queue(),
                kept.run(),
                Status.Phase.CANCELLED,
                sentence,
                kept.parallelism(),
                kept.scaling(),
                counts,
                kept.revision(),
                kept.now(),
                kept.begun(),
                null,
                items);
    }

    private static ItemState end(ItemState state) {
        return state.isFinal() ? state : ItemState.CANCELLED;
    }

    private static ItemStatus ended(ItemStatus row) {
        return row.state().isFinal()
                ? row
                : new ItemStatus(
                        row.id(),
                        row.name(),
                        ItemState.CANCELLED,
                        "",
                        Messages.LastSeen_item(),
                        row.attempts(),
                        row.batch(),
                        row.listed(),
                        row.started(),
                        null,
                        row.result(),
                        row.logTail(),
                        row.revision());
    }
}
