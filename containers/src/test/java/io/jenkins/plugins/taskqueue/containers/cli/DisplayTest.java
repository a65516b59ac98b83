package io.jenkins.plugins.taskqueue.containers.cli;

import static io.jenkins.plugins.taskqueue.containers.cli.Statuses.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private static final Event.Ended FAILURE =
            new Event.Ended("bad.mp4", ItemState.FAILED, "ExitCode", "exit code 69", 2, Duration.ZERO);

    private final StringWriter written = new StringWriter();
    private Instant now = Statuses.NOW;

    @Test
    void logSaysEachFailedItemAndHowToSeeItsLog() {
        plain().event(FAILURE);

        assertThat(written.toString())
                .isEqualTo("FAILED \"bad.mp4\": ExitCode, exit code 69 (2 attempts). See bad.mp4.\n");
    }

    @Test
    void logSaysTheCountsNowAndThenWhereTheyChanged() {
        PlainDisplay log = plain();
        log.update(Statuses.of(item("a", ItemState.RUNNING)));
        assertThat(written.toString()).isEmpty();
        pass(10);
        log.update(Statuses.of(item("a", ItemState.RUNNING)));
        log.update(Statuses.of(item("a", ItemState.SUCCEEDED)));
        pass(9);
        log.update(Statuses.of(item("a", ItemState.SUCCEEDED)));
        pass(1);
        log.update(Statuses.of(item("a", ItemState.SUCCEEDED)));
        pass(60);
        log.update(Statuses.of(item("a", ItemState.SUCCEEDED)));

        assertThat(written.toString()).isEqualTo("0 of 1 ended: 1 running.\n" + "1 of 1 ended: 1 succeeded.\n");
    }

    @Test
    void logSaysNothingOfItemsBeforeThereIsAListing() {
        PlainDisplay log = plain();
        pass(60);
        log.update(Statuses.of());

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void logIsSilentAboutItemsThatSucceed() {
        plain().event(new Event.Ended("a", ItemState.SUCCEEDED, "", "", 1, Duration.ZERO));

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void logHasNothingForTerminals() {
        PlainDisplay log = plain();
        log.event(new Event.Notice("Item \"\033[31m\" is odd."));
        log.close();

        assertThat(written.toString()).doesNotContain("\033");
    }

    @Test
    void liveDisplayPaintsOverItsLastFrame() {
        LiveDisplay live = live();
        live.update(Statuses.of(item("a", ItemState.RUNNING)));
        String first = take();
        live.update(Statuses.of(item("a", ItemState.SUCCEEDED)));
        String second = take();

        assertThat(first).startsWith("\033[?25l[░").contains("1 running").endsWith("\033[J");
        assertThat(first.chars().filter(c -> c == '\n').count()).isEqualTo(3);
        assertThat(second).startsWith("\033[3A\r[█").contains("1 succeeded").endsWith("\033[J");
    }

    @Test
    void liveDisplayKeepsLinesAboveTheFrame() {
        LiveDisplay live = live();
        live.update(Statuses.of(item("a", ItemState.RUNNING)));
        take();
        live.event(new Event.Notice("The source is away."));

        assertThat(take()).isEqualTo("\033[3A\r\033[JThe source is away.\n");
        live.update(Statuses.of(item("a", ItemState.RUNNING)));
        assertThat(take()).startsWith("\033[?25l[").doesNotContain("A\r");
    }

    @Test
    void liveDisplayRestoresTheCursorOnceAndThenIsQuiet() {
        LiveDisplay live = live();
        live.update(Statuses.of(item("a", ItemState.RUNNING)));
        take();
        live.close();
        live.close();
        live.update(Statuses.of(item("a", ItemState.SUCCEEDED)));
        live.event(new Event.Notice("Late."));

        assertThat(take()).isEqualTo("\033[3A\r\033[J\033[?25h");
    }

    @Test
    void liveDisplayShowsTheLastFailures() {
        LiveDisplay live = live();
        live.event(FAILURE);
        live.update(Statuses.of());

        assertThat(take()).contains("  ✗ bad.mp4  ExitCode: exit code 69");
    }

    private PlainDisplay plain() {
        return new PlainDisplay(new PrintWriter(written), () -> now, item -> "See " + item + ".");
    }

    private LiveDisplay live() {
        return new LiveDisplay(new PrintWriter(written), () -> new TerminalSize(80, 24), () -> now);
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private String take() {
        String text = written.toString();
        written.getBuffer().setLength(0);
        return text;
    }
}
