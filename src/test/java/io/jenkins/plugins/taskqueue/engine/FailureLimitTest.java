package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureLimitTest {

    @ParameterizedTest
    @CsvSource({"none, none", "NONE, none", "0, 0", "3, 3", "' 12 ', 12", "0%, 0%", "5%, 5%", "100%, 100%"})
    void readsAndWritesWhatAPersonGives(String text, String written) {
        assertThat(FailureLimit.parse(text)).hasToString(written);
        assertThat(FailureLimit.parse(FailureLimit.parse(text).toString())).isEqualTo(FailureLimit.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "101%", "5 %", "%", "three", "1.5", "9999999999"})
    void anythingElseGetsASentenceThatSaysWhatToGive(String text) {
        assertThatThrownBy(() -> FailureLimit.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("give a number such as 3, a percentage from 0% to 100%, or none");
    }

    @Test
    void countsAreExactAndPercentagesNotRounded() {
        assertThat(FailureLimit.parse("3").isExceededBy(3, 0)).isFalse();
        assertThat(FailureLimit.parse("3").isExceededBy(4, 0)).isTrue();
        assertThat(FailureLimit.parse("33%").isExceededBy(1, 3)).isTrue();
        assertThat(FailureLimit.parse("34%").isExceededBy(1, 3)).isFalse();
        assertThat(FailureLimit.parse("50%").isExceededBy(2_000_000_000, 2_000_000_000))
                .isTrue();
        assertThat(FailureLimit.NEVER.isExceededBy(Integer.MAX_VALUE, 1)).isFalse();
    }

    @Test
    void aLimitThatIsSetToleratesWhatIsWithinIt() {
        assertThat(FailureLimit.NEVER.isSet()).isFalse();
        assertThat(FailureLimit.FAIL_FAST.isSet()).isTrue();
        assertThat(FailureLimit.parse("100%").isSet()).isTrue();
    }
}
