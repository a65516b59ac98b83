package io.jenkins.plugins.taskqueue;

import hudson.Util;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A queue in one line and a bar. Of one that is over it needs no file but the build's own. */
@Restricted(NoExternalUse.class)
public final class QueueDigest {
    private static final List<ItemState> BAR = List.of(
            ItemState.SUCCEEDED,
            ItemState.SKIPPED,
            ItemState.FAILED,
            ItemState.CANCELLED,
            ItemState.RUNNING,
            ItemState.STARTING);

    private final Map<ItemState, Integer> counts;
    private final Duration timeToGo;

    private QueueDigest(Map<ItemState, Integer> counts, Duration timeToGo) {
        this.counts = counts;
        this.timeToGo = timeToGo;
    }

    static QueueDigest of(BuildQueue queue) {
        QueueSummary summary = queue.action().summary(queue.getKey());
        return summary != null && !queue.isLive() ? of(summary) : of(queue.status());
    }

    static QueueDigest of(QueueSummary summary) {
        return new QueueDigest(summary.counts(), null);
    }

    private static QueueDigest of(Status status) {
        return new QueueDigest(status.counts(), status.timeToGo());
    }

    private int count(ItemState state) {
        return counts.getOrDefault(state, 0);
    }

    public int getTotal() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int getFailed() {
        return count(ItemState.FAILED);
    }

    /** Items that have come to their end, whatever that is. */
    public int getDone() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().isFinal())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How far it is, in words. */
    public String getText() {
        List<String> parts = new ArrayList<>();
        parts.add(Messages.QueueDigest_done(getDone(), getTotal()));
        if (getFailed() > 0) {
            parts.add(Messages.QueueDigest_failed(getFailed()));
        }
        if (count(ItemState.CANCELLED) > 0) {
            parts.add(Messages.QueueDigest_cancelled(count(ItemState.CANCELLED)));
        }
        if (timeToGo != null) {
            parts.add(Messages.QueueDigest_toGo(Util.getTimeSpanString(timeToGo.toMillis())));
        }
        return String.join(", ", parts);
    }

    /** The bar's parts, from 0 to 100. */
    public List<Segment> getBar() {
        List<Segment> bar = new ArrayList<>();
        double from = 0;
        for (ItemState state : BAR) {
            if (count(state) > 0) {
                double size = 100.0 * count(state) / Math.max(1, getTotal());
                bar.add(new Segment(state, from, size));
                from += size;
            }
        }
        return bar;
    }

    /** One part of a bar. */
    @Restricted(NoExternalUse.class)
    public static final class Segment {
        private final ItemState state;
        private final double from;
        private final double size;

        Segment(ItemState state, double from, double size) {
            this.state = state;
            this.from = from;
            this.size = size;
        }

        public String getState() {
            return state.name().toLowerCase(Locale.ROOT);
        }

        public String getX() {
            return number(from);
        }

        public String getWidth() {
            return number(size);
        }

        static String number(double value) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
    }
}
