package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff PLAIN = new Backoff(Duration.ofSeconds(10), 2, Duration.ofMinutes(6), 0);
    private static final Backoff JITTERED = new Backoff(Duration.ofSeconds(10), 2, Duration.ofMinutes(6), 0.3);

    @Test
    void doublesUpToTheCap() {
        assertThat(IntStream.rangeClosed(1, 8)
                        .mapToObj(failures -> PLAIN.delay(failures, 1).toSeconds()))
                .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 360L, 360L);
    }

    @Test
    void noFailureMeansNoDelay() {
        assertThat(PLAIN.delay(0, 1)).isZero();
    }

    @Test
    void anyNumberOfFailuresStaysAtTheCap() {
        assertThat(PLAIN.delay(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void sameSeedGivesTheSameDelay() {
        assertThat(JITTERED.delay(3, 42)).isEqualTo(JITTERED.delay(3, 42));
    }

    @Test
    void jitterSpreadsSeedsOverItsWholeRange() {
        var delays = LongStream.range(0, 1000)
                .mapToObj(seed -> JITTERED.delay(2, seed))
                .toList();

        assertThat(delays)
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(20)));
        assertThat(delays).anyMatch(delay -> delay.toMillis() < 14_300);
        assertThat(delays).anyMatch(delay -> delay.toMillis() > 19_700);
        assertThat(delays.stream().distinct().count()).isGreaterThan(900);
    }

    @Test
    void capBelowTheFirstDelayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), 2, Duration.ofSeconds(1), 0))
                .withMessageContaining("less than the first");
    }

    @Test
    void jitterAboveOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(9), 1.1))
                .withMessageContaining("jitter");
    }
}
