package io.jenkins.plugins.taskqueue;

import hudson.Util;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A build in a job's chart: its items above, of what became of them, and how long they took below. */
@Restricted(NoExternalUse.class)
public final class BuildBar {
    static final int WIDTH = 16;
    private static final double ITEMS_HEIGHT = 60;
    private static final double TIME_HEIGHT = 24;

    private final Run<?, ?> run;
    private final int x;
    private final int done;
    private final int failed;
    private final int items;
    private final long millis;
    private double perItem;
    private double perMilli;

    private BuildBar(Run<?, ?> run, int x) {
        List<QueueSummary> queues =
                Objects.requireNonNull(TaskQueueAction.of(run)).getSummaries();
        this.run = run;
        this.x = x;
        done = queues.stream()
                .mapToInt(queue -> queue.getSucceeded() + queue.getSkipped())
                .sum();
        failed = queues.stream().mapToInt(QueueSummary::getFailed).sum();
        items = queues.stream().mapToInt(QueueSummary::getTotal).sum();
        long began =
                queues.stream().mapToLong(QueueSummary::getStartedMillis).min().orElse(0);
        millis = queues.stream().mapToLong(QueueSummary::getEndedMillis).max().orElse(0) - began;
    }

    static List<BuildBar> of(List<Run<?, ?>> builds) {
        List<BuildBar> bars = new ArrayList<>();
        for (Run<?, ?> build : builds) {
            bars.add(new BuildBar(build, bars.size() * WIDTH));
        }
        int mostItems = bars.stream().mapToInt(BuildBar::getItems).max().orElse(0);
        long mostMillis = bars.stream().mapToLong(BuildBar::getMillis).max().orElse(0);
        for (BuildBar bar : bars) {
            bar.perItem = ITEMS_HEIGHT / Math.max(1, mostItems);
            bar.perMilli = TIME_HEIGHT / Math.max(1, mostMillis);
        }
        return bars;
    }

    public int getItems() {
        return items;
    }

    public long getMillis() {
        return millis;
    }

    /** Below Jenkins' own. */
    public String getUrl() {
        return run.getUrl() + TaskQueueTab.URL_NAME + "/";
    }

    public String getText() {
        return Messages.BuildBar_text(run.getDisplayName(), items, failed, Util.getTimeSpanString(millis));
    }

    /** Of what became of the items from the ground up, then the time. */
    public List<Part> getParts() {
        double doneHeight = done * perItem;
        double failedHeight = failed * perItem;
        double otherHeight = (items - done - failed) * perItem;
        return List.of(
                new Part("done", x, ITEMS_HEIGHT - doneHeight, doneHeight),
                new Part("failed", x, ITEMS_HEIGHT - doneHeight - failedHeight, failedHeight),
                new Part("other", x, ITEMS_HEIGHT - doneHeight - failedHeight - otherHeight, otherHeight),
                new Part("time", x, ITEMS_HEIGHT + 8, Math.max(1, millis * perMilli)));
    }

    public int getX() {
        return x;
    }

    /** A rectangle. */
    @Restricted(NoExternalUse.class)
    public static final class Part {
        private final String kind;
        private final int x;
        private final double y;
        private final double height;

        Part(String kind, int x, double y, double height) {
            this.kind = kind;
            this.x = x;
            this.y = y;
            this.height = height;
        }

        public String getKind() {
            return kind;
        }

        public int getX() {
            return x + 2;
        }

        public String getY() {
            return QueueDigest.Segment.number(y);
        }

        public String getHeight() {
            return QueueDigest.Segment.number(height);
        }
    }
}
