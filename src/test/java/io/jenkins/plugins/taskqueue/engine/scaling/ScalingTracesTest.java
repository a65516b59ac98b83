package io.jenkins.plugins.taskqueue.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parallelism does over hours of made-up traffic. */
class ScalingTracesTest {
    private static Simulation play(Trace trace, Duration drainWithin) {
        System.out.println("Seed of the random traces: " + Traces.SEED);
        return Simulation.play(trace, Choosers.scaler(new ScalingSpec(1, 50, 90, drainWithin, ScalingSpec.WINDOW)));
    }

    /** The three examples of the book; at 60 s one worker would never be idle, and fall behind with the first delay. */
    @ParameterizedTest
    @CsvSource({"30, 1", "60, 2", "120, 3"})
    void theBooksExamplesComeToRest(int seconds, int parallelism) {
        Simulation played = play(Traces.book(seconds), null);

        assertThat(played.last()).isEqualTo(parallelism);
        assertThat(played.most()).isEqualTo(parallelism);
        assertThat(played.changes()).isLessThanOrEqualTo(2);
        assertThat(played.backlog().subList(3 * 3600, 4 * 3600)).containsOnly(0);
    }

    @Test
    void aStepIsFollowedUpAndDown() {
        Simulation played = play(Traces.step(), null);

        assertThat(played.parallelism().subList(5400, 7200)).allMatch(now -> now >= 8 && now <= 18);
        assertThat(played.parallelism().subList(10_800, 14_400)).allMatch(now -> now <= 5);
    }

    @Test
    void aBurstCountsAsWhatArrives() {
        Simulation played = play(Traces.burst(), null);

        assertThat(played.backlog().get(3600)).isGreaterThan(450);
        assertThat(played.backlog().get(3600 + 600)).isLessThan(20);
        assertThat(played.parallelism().subList(3600 + 1200, 4 * 3600)).allMatch(now -> now <= 7);
    }

    @Test
    void aBacklogIsDoneInTheTimeThatWasSet() {
        Simulation slow = play(Traces.backlog(), null);
        Simulation fast = play(Traces.backlog(), Duration.ofMinutes(10));

        assertThat(slow.backlog().get(660)).isGreaterThan(300);
        assertThat(fast.backlog().get(720)).isLessThan(10);
        assertThat(fast.last()).isLessThanOrEqualTo(5);
    }

    @Test
    void aDaysCurveIsFollowedWithoutABacklog() {
        Simulation played = play(Traces.day(), null);

        assertThat(played.wait(95)).isLessThan(120);
        assertThat(played.most()).isBetween(11, 25);
        assertThat(played.last()).isLessThanOrEqualTo(4);
    }

    @Test
    void noiseMovesItSeldom() {
        Simulation played = play(Traces.noise(), null);

        assertThat(played.changes()).isLessThanOrEqualTo(8 * 10);
        assertThat(played.parallelism().subList(3600, 8 * 3600)).allMatch(now -> now >= 4 && now <= 20);
    }

    @Test
    void withNothingToSeeItStaysWhereItBegan() {
        assertThat(play(Traces.nothing(), null).parallelism()).containsOnly(1);
    }
}
