package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Counts;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Writes lines, for a log: the counts now and then where they changed, each failed item, each notice. */
final class PlainDisplay implements Display {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final PrintWriter log;
    private final InstantSource clock;
    private final UnaryOperator<String> howToSeeTheLog;
    private String told = "";
    private Instant toldAt;

    /** @param howToSeeTheLog of an item: a sentence, may be empty */
    PlainDisplay(PrintWriter log, InstantSource clock, UnaryOperator<String> howToSeeTheLog) {
        this.log = log;
        this.clock = clock;
        this.howToSeeTheLog = howToSeeTheLog;
        this.toldAt = clock.instant();
    }

    @Override
    public synchronized void line(String text) {
        log.println(Text.clean(text));
        log.flush();
    }

    @Override
    public void event(Event event) {
        if (event instanceof Event.Ended ended && ended.state() == ItemState.FAILED) {
            line(failed(ended));
        } else if (event instanceof Event.Retrying retrying) {
            line("Attempt " + (retrying.attempt() + 1) + " of \"" + retrying.item() + "\" failed (" + retrying.reason()
                    + "); there will be another one.");
        } else if (event instanceof Event.Notice notice) {
            line(notice.sentence());
        } else if (event instanceof Event.Scaled scaled) {
            line("Parallelism " + scaled.decision().sentence() + ".");
        } else if (event instanceof Event.SourceFailed failed) {
            line(failed.sentence());
        } else if (event instanceof Event.Listed listed) {
            line("The source lists " + listed.items() + (listed.items() == 1 ? " item, " : " items, ") + listed.added()
                    + " of them new.");
        }
    }

    private String failed(Event.Ended ended) {
        String message = ended.message().isEmpty() ? "" : ", " + ended.message();
        String attempts = ended.attempts() == 1 ? "1 attempt" : ended.attempts() + " attempts";
        return "FAILED \"" + ended.item() + "\": " + ended.reason() + message + " (" + attempts + "). "
                + howToSeeTheLog.apply(ended.item());
    }

    @Override
    public synchronized void update(Status status) {
        Instant now = clock.instant();
        String counts = Counts.all(status);
        if (Counts.total(status) > 0
                && !counts.equals(told)
                && !now.isBefore(toldAt.plus(PAUSE))
                && !status.phase().isEnd()) {
            told = counts;
            toldAt = now;
            line(Counts.ended(status) + " of " + Counts.total(status) + " ended: " + counts + ".");
        }
    }

    @Override
    public void close() {}
}
