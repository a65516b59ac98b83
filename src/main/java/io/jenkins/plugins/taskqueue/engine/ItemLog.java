package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the log of an item: that of its pod, else the one in the log store, else the tail in its record. */
public final class ItemLog {
    private final Cluster cluster;
    private final LogStore store;

    /** @param store null for none */
    public ItemLog(Cluster cluster, LogStore store) {
        this.cluster = cluster;
        this.store = store;
    }

    /** @return empty where the item is not known or there is no log of it */
    public Optional<String> read(Status status, String item) throws InterruptedException {
        Optional<ItemStatus> row = status.item(item);
        return row.isEmpty() ? Optional.empty() : read(row.get());
    }

    private Optional<String> read(ItemStatus row) throws InterruptedException {
        List<PodView> pods = cluster.observed().pods().getOrDefault(row.batch(), List.of());
        Optional<PodView> last = pods.stream()
                .filter(pod -> cluster.observed().records().stream()
                        .filter(record -> !record.merged() && record.number() == row.batch())
                        .flatMap(record -> record.entries().stream())
                        .anyMatch(entry ->
                                entry.index() == pod.index() && entry.name().equals(row.name())))
                .max(Comparator.comparingInt(PodView::attempt));
        if (last.isPresent()) {
            try {
                return Optional.of(cluster.log(last.get(), LogStore.TAIL_BYTES));
            } catch (ClusterException notToBeHad) {
                // what was kept of it is looked for below
            }
        }
        return kept(store, row);
    }

    /**
     * What was kept of an item's log, for when its pod is gone.
     *
     * @param store null for none
     */
    public static Optional<String> kept(LogStore store, ItemStatus row) {
        for (int attempt = row.attempts() - 1; store != null && attempt >= 0; attempt--) {
            Optional<String> kept = store.read(row.name(), row.batch(), attempt);
            if (kept.isPresent()) {
                return kept;
            }
        }
        return row.logTail().isEmpty() ? Optional.empty() : Optional.of(row.logTail());
    }
}
