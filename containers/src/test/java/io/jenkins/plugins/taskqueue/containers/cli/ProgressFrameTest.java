package io.jenkins.plugins.taskqueue.containers.cli;

import static io.jenkins.plugins.taskqueue.containers.cli.Statuses.failed;
import static io.jenkins.plugins.taskqueue.containers.cli.Statuses.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressFrameTest {
    private static final TerminalSize SIZE = new TerminalSize(80, 24);
    private static final Event.Ended FAILURE =
            new Event.Ended("bad.mp4", ItemState.FAILED, "ExitCode", "exit code 69", 2, Duration.ZERO);

    @Test
    void frameShowsBarCountsWhatRunsAndWhatFailedLast() {
        Status status = Statuses.of(
                Status.Phase.RUNNING,
                "The source is away.",
                Duration.ofSeconds(42),
                List.of(
                        item("done", ItemState.SUCCEEDED),
                        failed("bad.mp4"),
                        item("party 🎉", ItemState.RUNNING),
                        item("next", ItemState.STARTING, "ImagePullBackOff", "no such image", "")));

        assertThat(ProgressFrame.lines(status, List.of(FAILURE), Statuses.NOW, SIZE))
                .containsExactly(
                        "[████████████████████░░░░░░░░░░░░░░░░░░░░]  2 of 4  50 %  about 42 s to go",
                        "  1 succeeded, 1 failed, 1 running, 1 starting",
                        "  The source is away.",
                        "  ▸ party 🎉                                  20 s",
                        "  ▸ next                                      starting: ImagePullBackOff",
                        "  ✗ bad.mp4  ExitCode: exit code 69");
    }

    @Test
    void frameBeforeTheFirstListingSaysWhatItWaitsFor() {
        assertThat(ProgressFrame.lines(Statuses.of(), List.of(), Statuses.NOW, SIZE)
                        .get(0))
                .isEqualTo("[" + "░".repeat(40) + "]  waiting for the source's listing");
    }

    @Test
    void manyRunningItemsAreCounted() {
        Status many =
                Statuses.of(Status.Phase.RUNNING, "", null, Collections.nCopies(100, item("a", ItemState.RUNNING)));

        List<String> lines = ProgressFrame.lines(many, List.of(), Statuses.NOW, SIZE);
        assertThat(lines).hasSize(10).last().isEqualTo("    and 93 more");
    }

    @Test
    void frameFitsIntoASmallTerminal() {
        Status many = Statuses.of(
                Status.Phase.RUNNING,
                "A sentence that is longer than the terminal is wide.",
                Duration.ofHours(3),
                Collections.nCopies(9, item("日本語".repeat(20), ItemState.RUNNING)));

        List<String> lines =
                ProgressFrame.lines(many, List.of(FAILURE, FAILURE), Statuses.NOW, new TerminalSize(30, 8));
        assertThat(lines)
                .hasSizeLessThan(8)
                .allSatisfy(line -> assertThat(Text.columns(line)).isLessThan(30));
    }
}
