package io.jenkins.plugins.taskqueue.containers.cli;

import static io.jenkins.plugins.taskqueue.containers.cli.Statuses.failed;
import static io.jenkins.plugins.taskqueue.containers.cli.Statuses.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    private static final Status STATUS = Statuses.of(
            item("a.mp4", ItemState.SUCCEEDED, "", "", "3 thumbnails\n"),
            item("old.mp4", ItemState.SKIPPED),
            failed("party 🎉.mp4"),
            item("later", ItemState.PENDING));

    @Test
    void failedItemsComeFirst() {
        assertThat(ResultTable.lines(STATUS, Statuses.NOW, 10, 120))
                .containsExactly(
                        "STATE      ITEM          REASON                 ATTEMPTS  WAITED  RAN   RESULT",
                        "FAILED     party 🎉.mp4  ExitCode: exit code 3  1         30 s    15 s",
                        "PENDING    later                                          50 s",
                        "SUCCEEDED  a.mp4                                1         30 s    15 s  3 thumbnails",
                        "SKIPPED    old.mp4");
    }

    @Test
    void narrowTerminalCutsWhatOthersChose() {
        List<String> lines = ResultTable.lines(STATUS, Statuses.NOW, 10, 72);

        assertThat(lines).allSatisfy(line -> assertThat(Text.columns(line)).isLessThanOrEqualTo(72));
        assertThat(lines.get(1)).isEqualTo("FAILED     party 🎉.m…  ExitCode: …  1         30 s    15 s");
    }

    @Test
    void longTableIsCutAndSaysByHowMuch() {
        Status thousand = Statuses.of(
                Status.Phase.SUCCEEDED, "", null, Collections.nCopies(1000, item("a", ItemState.SUCCEEDED)));

        assertThat(ResultTable.lines(thousand, Statuses.NOW, 50, 100))
                .hasSize(52)
                .last()
                .isEqualTo("and 950 more; --output json prints every item");
    }

    @Test
    void nameCannotSteerTheTerminal() {
        List<String> lines = ResultTable.lines(Statuses.of(failed("a\033[31m\nb")), Statuses.NOW, 10, 100);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("a\uFFFD[31m b").doesNotContain("\033");
    }
}
