package io.jenkins.plugins.taskqueue.engine.ambassador;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ItemNamesTest {
    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(ItemNames.fault("🎬".repeat(1024))).isEmpty();
        assertThat(ItemNames.fault("🎬".repeat(1025)))
                .hasValueSatisfying(fault -> assertThat(fault).contains("1025 characters", "1024"));
    }

    @Test
    void halfASurrogatePairIsNoName() {
        assertThat(ItemNames.fault("a\ud83c"))
                .hasValueSatisfying(
                        fault -> assertThat(fault).contains("not Unicode").contains("\"a?\""));
    }

    @Test
    void nulIsLeftToTheLoop() {
        assertThat(ItemNames.fault("a\0b")).isEmpty();
    }

    @Test
    void shownNameCannotForgeALineOrReverseOne() {
        assertThat(ItemNames.shown("a\nb\r\u2028\u202ec")).isEqualTo("\"a?b???c\"");
    }

    @Test
    void shownNameIsCut() {
        assertThat(ItemNames.shown("x".repeat(61))).isEqualTo("\"" + "x".repeat(60) + "…\"");
    }
}
