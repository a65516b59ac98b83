package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.status.Spans;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @Test
    void nameCannotSteerTheTerminal() {
        assertThat(Text.clean("a\033[2J\nb\u202Ec")).isEqualTo("a\uFFFD[2J b\uFFFDc");
        assertThat(Text.cleanLines("a\033\n\tb")).isEqualTo("a\uFFFD\n\tb");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(Text.columns("ab")).isEqualTo(2);
        assertThat(Text.columns("日本")).isEqualTo(4);
        assertThat(Text.columns("🎬")).isEqualTo(2);
        assertThat(Text.columns("e\u0301")).isEqualTo(1);
    }

    @Test
    void cutTextEndsInAnEllipsisAndIsNeverTooWide() {
        assertThat(Text.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Text.cut("abcdef", 4)).isEqualTo("abc…");
        assertThat(Text.cut("日本語", 4)).isEqualTo("日…");
        assertThat(Text.cut("abc", 0)).isEmpty();
    }

    @Test
    void fittedTextHasExactlyTheColumns() {
        assertThat(Text.fit("日本語", 4)).isEqualTo("日… ");
        assertThat(Text.fit("a", 3)).isEqualTo("a  ");
    }

    @Test
    void argumentsAreQuotedForAShell() {
        assertThat(Text.quoted("videos/a.mp4")).isEqualTo("videos/a.mp4");
        assertThat(Text.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    }

    @ParameterizedTest
    @CsvSource({"PT0.25S,0.3 s", "PT9.94S,9.9 s", "PT59.9S,59 s", "PT1M5S,1 m 05 s", "PT2H3M,2 h 03 m", "PT49H,2 d 01 h"
    })
    void durationsHaveTwoUnitsAtMost(Duration span, String text) {
        assertThat(Spans.text(span)).isEqualTo(text);
    }
}
