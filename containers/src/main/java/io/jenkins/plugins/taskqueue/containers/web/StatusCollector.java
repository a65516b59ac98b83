package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads the metrics that say how things are from one status, so that they agree with each other and with the page. */
final class StatusCollector implements MultiCollector {
    /** More reasons than these are added up as {@code other}: a label's values must not grow without end. */
    static final int MOST_REASONS = 50;

    private final Labels labels;
    private final Supplier<Status> status;

    StatusCollector(Labels labels, Supplier<Status> status) {
        this.labels = labels;
        this.status = status;
    }

    @Override
    public MetricSnapshots collect() {
        Status now = status.get();
        GaugeSnapshot.Builder items =
                GaugeSnapshot.builder().name("taskqueue_items").help("Items, by state.");
        for (ItemState state : ItemState.values()) {
            items.dataPoint(point(labels.add("state", word(state.name())), now.count(state)));
        }
        GaugeSnapshot.Builder failed =
                GaugeSnapshot.builder().name("taskqueue_items_failed").help("Items in state FAILED, by reason.");
        reasons(now).forEach((reason, count) -> failed.dataPoint(point(labels.add("reason", reason), count)));
        GaugeSnapshot.Builder phase =
                GaugeSnapshot.builder().name("taskqueue_phase").help("1 for what the queue is doing, 0 for the rest.");
        for (Status.Phase value : Status.Phase.values()) {
            phase.dataPoint(point(labels.add("phase", word(value.name())), value == now.phase() ? 1 : 0));
        }
        GaugeSnapshot.Builder parallelism = GaugeSnapshot.builder()
                .name("taskqueue_parallelism")
                .help("The most items whose worker has been started and has not ended.")
                .dataPoint(point(labels, now.parallelism()));
        return MetricSnapshots.of(items.build(), failed.build(), phase.build(), parallelism.build());
    }

    private static Map<String, Integer> reasons(Status status) {
        Map<String, Integer> reasons = new TreeMap<>();
        if (status.count(ItemState.FAILED) > 0) {
            for (ItemStatus row : status.items()) {
                if (row.state() == ItemState.FAILED) {
                    boolean room = reasons.size() < MOST_REASONS || reasons.containsKey(row.reason());
                    reasons.merge(room ? row.reason() : "other", 1, Integer::sum);
                }
            }
        }
        return reasons;
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }
}
