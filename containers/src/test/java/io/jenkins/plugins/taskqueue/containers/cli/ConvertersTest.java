package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.taskqueue.engine.FailureLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "90s,PT1M30S", "10m,PT10M", "1h,PT1H", "1h30m,PT1H30M", "2d,PT48H", "' 5s ',PT5S"})
    void durationsHaveUnits(String text, Duration duration) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "m", "-5s", "5s x", "1.5h", "10 m", "5y", "99999999999s"})
    void whatIsNoDurationIsRefusedWithAnExample(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new DurationConverter().convert(text))
                .withMessage(
                        "\"" + text + "\" is no duration: give a number with its unit, such as 90s, 10m, 1h or 1h30m.");
    }

    @ParameterizedTest
    @CsvSource({"1000,1000", "4k,4000", "4Ki,4096", "64Mi,67108864", "100M,100000000", "2Gi,2147483648"})
    void sizesHaveTheUnitsOfKubernetes(String text, long bytes) {
        assertThat(new SizeConverter().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64 MB", "Mi", "-1", "1.5Gi", "64mi"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new SizeConverter().convert(text))
                .withMessageContaining("is no size");
    }

    @Test
    void failureLimitIsANumberAPercentageOrNone() {
        assertThat(new FailureLimitConverter().convert("5%")).isEqualTo(FailureLimit.parse("5%"));
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new FailureLimitConverter().convert("many"))
                .withMessageContaining("is no limit of failures");
    }
}
