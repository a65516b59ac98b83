package io.jenkins.plugins.taskqueue;

import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.ambassador.PercentEncoding;
import io.jenkins.plugins.taskqueue.engine.status.Counts;
import io.jenkins.plugins.taskqueue.engine.status.Spans;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What a queue tells in the build log: few lines, each of use. Thread-safe. */
final class BuildLogLines {
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MOST_FAILED = 100;

    private final TaskListener listener;
    private final BuildQueue queue;
    private final InstantSource clock;
    private String told = "";
    private Instant toldAt;
    private int failed;
    private boolean muted;

    BuildLogLines(TaskListener listener, BuildQueue queue, InstantSource clock) {
        this.listener = listener;
        this.queue = queue;
        this.clock = clock;
        this.toldAt = clock.instant();
    }

    void begin(QueueSpec spec, Source source, Cluster cluster) {
        line(link("", queue.getRequest().getDisplayName()) + ": " + clean(source.describe()) + ", worker "
                + clean(spec.worker().describe()) + ", " + atOnce(spec) + ", in "
                + clean(cluster.describe()));
    }

    private static String atOnce(QueueSpec spec) {
        return spec.scaling() == null
                ? "at most " + spec.parallelism() + " at once"
                : spec.scaling().toString();
    }

    void event(Event event, Status status) {
        if (event instanceof Event.Ended ended && ended.state() == ItemState.FAILED) {
            failed(ended);
        } else if (event instanceof Event.Notice notice) {
            line(clean(notice.sentence()));
        } else if (event instanceof Event.Scaled scaled) {
            line("Parallelism " + scaled.decision().sentence());
        } else if (event instanceof Event.SourceFailed trouble) {
            line(clean(trouble.sentence()));
        }
        progress(status);
    }

    private synchronized void failed(Event.Ended ended) {
        failed++;
        if (failed <= MOST_FAILED) {
            String message = ended.message().isEmpty() ? "" : ", " + clean(ended.message());
            String attempts = ended.attempts() == 1 ? "1 attempt" : ended.attempts() + " attempts";
            String item = ".item=" + PercentEncoding.encode(ended.item());
            line("FAILED " + link(item, ended.item()) + ": " + clean(ended.reason()) + message + " (" + attempts + ")");
        } else if (failed == MOST_FAILED + 1) {
            line("More items fail: see them all on " + link("", "the build's page"));
        }
    }

    private synchronized void progress(Status status) {
        Instant now = clock.instant();
        String counts = Counts.all(status);
        if (Counts.total(status) > 0
                && !status.phase().isEnd()
                && !counts.equals(told)
                && !now.isBefore(toldAt.plus(PAUSE))) {
            told = counts;
            toldAt = now;
            line(Counts.ended(status) + " of " + Counts.total(status) + " ended: " + counts);
        }
    }

    void end(QueueEnd end) {
        String took = Spans.text(
                Duration.between(Instant.ofEpochMilli(queue.getRequest().getStartedMillis()), clock.instant()));
        String empty = Counts.total(end.status()) == 0 && end.phase() == Status.Phase.SUCCEEDED
                ? "There was nothing to do: the list of items is empty. "
                : "";
        // Why it could not go on is told by the step's own failure.
        String sentence = end.failure().isPresent() ? "" : ": " + empty + clean(end.sentence());
        line(end.phase() + " after " + took + sentence);
    }

    synchronized void line(String text) {
        if (!muted) {
            listener.getLogger().println("[Task Queue] " + text);
        }
    }

    synchronized void mute() {
        muted = true;
    }

    private String link(String within, String text) {
        String place = within.isEmpty() ? "#queue-" + queue.getKey() : "?" + queue.getKey() + within;
        String url = "/" + queue.getRun().getUrl() + "task-queue/" + place;
        return HyperlinkNote.encodeTo(url, clean(text));
    }

    /** Names and sentences come from outside: nothing in them may begin a line, or be taken for a terminal's command. */
    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
