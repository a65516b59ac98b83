package io.jenkins.plugins.taskqueue.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScalingPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ScalingSpec SPEC = new ScalingSpec(2, 20, 90, null, Duration.ofMinutes(5));
    private static final ScalingSpec DRAINING =
            new ScalingSpec(2, 20, 90, Duration.ofMinutes(10), Duration.ofMinutes(5));

    /** Ten items that arrived at this distance and took so long. */
    private static Traffic traffic(double every, double each, int backlog) {
        return new Traffic(10, millis(every * 10), 10, millis(each * 10), backlog);
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static ScalingDecision decide(ScalingSpec spec, int current, Traffic traffic) {
        return ScalingPolicy.decide(spec, current, traffic, 0, ScalingPolicy.ALL, Instant.MIN, NOW);
    }

    @Test
    void itRisesToWhereTheWorkersAreBusyForNineTenths() {
        ScalingDecision decision = decide(SPEC, 4, traffic(2.1, 17, 0));

        assertThat(decision.to()).isEqualTo(9);
        assertThat(decision.sentence()).isEqualTo("4 -> 9: an item every 2.1 s, 17 s each, 90 %");
    }

    @Test
    void exactlyAsFastAsTheyArriveIsNotFastEnough() {
        assertThat(decide(SPEC, 4, traffic(5, 20, 0)).to()).isEqualTo(5);
    }

    @Test
    void betweenNineTenthsAndAllOfTheTimeItStays() {
        assertThat(decide(SPEC, 4, traffic(5, 19, 0)).changes()).isFalse();
    }

    @Test
    void itFallsOnlyUntilTheWorkersAreBusyForNineTenths() {
        assertThat(decide(SPEC, 10, traffic(5, 17, 0)).to()).isEqualTo(4);
        assertThat(decide(SPEC, 10, traffic(5, 18.1, 0)).to()).isEqualTo(5);
    }

    @Test
    void itKeepsWithinItsBounds() {
        assertThat(decide(SPEC, 4, traffic(0.1, 60, 0)).to()).isEqualTo(20);
        assertThat(decide(SPEC, 4, traffic(600, 1, 0)).to()).isEqualTo(2);
    }

    @Test
    void fewSamplesChangeNothing() {
        Traffic few = new Traffic(4, Duration.ofSeconds(8), 4, Duration.ofMinutes(4), 900);

        assertThat(decide(SPEC, 4, few).changes()).isFalse();
        assertThat(decide(DRAINING, 4, few).changes()).isFalse();
        assertThat(decide(SPEC, 4, few).sentence())
                .isEqualTo("4: too few samples yet, 4 of 5 items arrived and 4 of 5 ended");
    }

    @Test
    void thatNothingArrivedInAWholeWindowIsKnown() {
        Traffic quiet = new Traffic(0, Duration.ofMinutes(6), 10, Duration.ofMinutes(2), 0);

        ScalingDecision decision = decide(SPEC, 9, quiet);

        assertThat(decision.to()).isEqualTo(2);
        assertThat(decision.sentence()).isEqualTo("9 -> 2: no new item in 6 m 00 s, 12 s each, 90 %");
    }

    @Test
    void aBacklogIsDrainedInTheTimeThatWasSet() {
        Traffic atTheStart = new Traffic(0, Duration.ofSeconds(30), 5, Duration.ofSeconds(50), 600);

        ScalingDecision decision = decide(DRAINING, 2, atTheStart);

        assertThat(decision.to()).isEqualTo(10);
        assertThat(decision.sentence())
                .isEqualTo("2 -> 10: no new item in 30 s, 10 s each, 90 %, 600 waiting to be done within 10 m 00 s");
        assertThat(decide(SPEC, 2, atTheStart).changes()).isFalse();
    }

    @Test
    void whileItCatchesUpItDoesNotFall() {
        assertThat(decide(DRAINING, 10, traffic(10, 10, 11)).changes()).isFalse();
        assertThat(decide(DRAINING, 10, traffic(10, 10, 10)).to()).isEqualTo(2);
    }

    @Test
    void afterAChangeItRisesNoSoonerThanATenthOfTheWindow() {
        assertThat(rise(NOW.minusSeconds(29)).changes()).isFalse();
        assertThat(rise(NOW.minusSeconds(30)).changes()).isTrue();
    }

    private static ScalingDecision rise(Instant lastChange) {
        return ScalingPolicy.decide(SPEC, 4, traffic(2.1, 17, 0), 9, ScalingPolicy.ALL, lastChange, NOW);
    }

    @Test
    void itFallsNoLowerThanWhatWasWantedLately() {
        assertThat(fall(11).changes()).isFalse();
        assertThat(fall(7).to()).isEqualTo(7);
        assertThat(fall(3).to()).isEqualTo(4);
    }

    private static ScalingDecision fall(int lately) {
        return ScalingPolicy.decide(SPEC, 10, traffic(5, 17, 0), lately, ScalingPolicy.ALL, NOW, NOW);
    }

    @Test
    void aQuotaThatRefusesCapsItAtOnce() {
        ScalingDecision decision = ScalingPolicy.decide(SPEC, 9, traffic(2.1, 17, 0), 9, 6, NOW, NOW);

        assertThat(decision.to()).isEqualTo(6);
        assertThat(decision.sentence())
                .isEqualTo("9 -> 6: an item every 2.1 s, 17 s each, 90 %, the quota admits no more than 6");
    }

    @Test
    void whatIsNotPossibleIsRefusedWithASentence() {
        assertThatThrownBy(() -> new ScalingSpec(5, 4, 90, null, ScalingSpec.WINDOW))
                .hasMessageContaining("The greatest parallelism is 4, below the parallelism of 5");
        assertThatThrownBy(() -> new ScalingSpec(0, 4, 90, null, ScalingSpec.WINDOW))
                .hasMessageContaining("must begin with 1 or more");
        assertThatThrownBy(() -> new ScalingSpec(1, 4, 101, null, ScalingSpec.WINDOW))
                .hasMessageContaining("from 1 to 100");
        assertThatThrownBy(() -> new ScalingSpec(1, 4, 90, Duration.ZERO, ScalingSpec.WINDOW))
                .hasMessageContaining("a second or more");
    }
}
