package io.jenkins.plugins.taskqueue.containers.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "**, a",
        "**, a/b/c",
        "**/*.mp4, a.mp4",
        "**/*.mp4, x/a.mp4",
        "**/*.mp4, x/y/a.mp4",
        "*.mp4, a.mp4",
        "x/**, x/a",
        "x/**, x/y/a",
        "x/**/a, x/a",
        "x/**/a, x/y/z/a",
        "?.mp4, 🎬.mp4",
        "🎬*, 🎬.mp4",
        "'*.{mp4,mov}', a.mov",
        "'{x,y}/**/*.{mp4,mov}', y/a.mp4",
        "[a-c].mp4, b.mp4",
        "[!a-c].mp4, d.mp4",
        "[&&].mp4, &.mp4",
        "[[x].mp4, [.mp4",
        "\\*.mp4, *.mp4",
        "a+(b).mp4, a+(b).mp4",
        "'a,b', 'a,b'",
        "a}, a}",
        "a[, a[",
        "a\\, a\\"
    })
    void matches(String glob, String name) {
        assertThat(new Glob(glob).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "**/*.mp4, a.MP4",
        "**/*.mp4, a.mp4.txt",
        "**/*.mp4, amp4",
        "*.mp4, x/a.mp4",
        "x/**, x",
        "x/**, y/x/a",
        "x/**/a, x/ya",
        "?.mp4, ab.mp4",
        "a?b, a/b",
        "a[!x]b, a/b",
        "[a-c].mp4, d.mp4",
        "[!a-c].mp4, b.mp4",
        "'*.{mp4,mov}', a.avi",
        "\\*.mp4, a.mp4",
        "a.c, abc"
    })
    void doesNotMatch(String glob, String name) {
        assertThat(new Glob(glob).matches(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "**, a, true",
        "**/*.mp4, a/b, true",
        "*.mp4, a, false",
        "*/*.mp4, a, true",
        "*/*.mp4, a/b, false",
        "x/**, x, true",
        "x/**, x/y, true",
        "x/**, y, false",
        "x/**, xx, false",
        "x/*/z/*.mp4, x/y/z, true",
        "x/*/z/*.mp4, x/y/a, false",
        "'{x,y}/*', y, true",
        "'{x,y}/*', z, false",
        "[a-c]/?, b, true",
        "[a-c]/?, d, false",
        "x**y, xa/b, true"
    })
    void foldersInWhichNoNameCanMatchAreKnown(String glob, String folder, boolean may) {
        assertThat(new Glob(glob).mayMatchBelow(folder)).isEqualTo(may);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*b", "a?", "[a]", "{a,b}", "a\\*", "lost+found", "a,b}"})
    void literalMatchesItselfAndNothingElse(String name) {
        assertThat(new Glob(Glob.literal(name)).matches(name)).isTrue();
        assertThat(new Glob(Glob.literal(name)).matches("ab")).isFalse();
        assertThat(new Glob(Glob.literal(name)).matches("a")).isFalse();
    }

    @Test
    void lineBreakIsACharacterLikeOthers() {
        assertThat(new Glob("**/*.mp4").matches("x\ny/a\nb.mp4")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a,b", "[z-a]"})
    void nonsenseIsRefused(String glob) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Glob(glob))
                .withMessageContaining(glob)
                .withMessageContaining("makes no sense");
    }
}
