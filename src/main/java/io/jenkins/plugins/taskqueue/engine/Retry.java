package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A person's wish that failed items be done again. It is written into the records that say that they failed, so that the
 * manager that acts, now or later, puts them in a new batch.
 */
public final class Retry {
    private Retry() {}

    /**
     * Marks the failed items that the filter accepts.
     *
     * @return the names of those that were marked
     * @throws ClusterException CONFLICT when a record changed meanwhile: what was marked stays so, and calling again is
     *     harmless
     */
    public static List<String> mark(Cluster cluster, Predicate<String> items)
            throws ClusterException, InterruptedException {
        return markEntries(cluster, entry -> entry.outcome().state() == ItemState.FAILED && items.test(entry.name()));
    }

    /**
     * Marks one item, if it failed or a person cancelled it.
     *
     * @return whether it was marked
     * @throws ClusterException as {@link #mark} does
     */
    public static boolean markItem(Cluster cluster, String item) throws ClusterException, InterruptedException {
        return !markEntries(cluster, entry -> entry.name().equals(item) && isToBeAskedFor(entry.outcome()))
                .isEmpty();
    }

    private static boolean isToBeAskedFor(Outcome outcome) {
        return outcome.state() == ItemState.FAILED || outcome.reason().equals(Stop.ITEM.reason());
    }

    private static List<String> markEntries(Cluster cluster, Predicate<Entry> items)
            throws ClusterException, InterruptedException {
        Map<String, Entry> latest = new HashMap<>();
        for (BatchRecord record : cluster.observed().records()) {
            for (Entry entry : record.entries()) {
                latest.merge(entry.name(), entry, (a, b) -> b.batch() >= a.batch() ? b : a);
            }
        }
        List<String> marked = new ArrayList<>();
        for (BatchRecord record : cluster.observed().records()) {
            Predicate<Entry> wanted =
                    entry -> !entry.isLive() && latest.get(entry.name()) == entry && items.test(entry);
            List<String> names =
                    record.entries().stream().filter(wanted).map(Entry::name).toList();
            if (!names.isEmpty()) {
                cluster.write(record.withRetries(wanted));
                marked.addAll(names);
            }
        }
        return marked;
    }
}
