package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.ManualTimer;
import io.jenkins.plugins.taskqueue.engine.fake.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final SettableClock clock = new SettableClock();
    private final ManualTimer timer = new ManualTimer(clock);
    private final List<Instant> passes = new ArrayList<>();
    private final Loop loop = new Loop(clock, timer, () -> passes.add(clock.instant()));

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private void advance(Duration by) {
        timer.advance(by);
    }

    @Test
    void aTriggerMakesAPass() {
        loop.trigger();
        advance(Duration.ofMillis(1));

        assertThat(passes).hasSize(1);
    }

    @Test
    void triggersThatComeTogetherMakeOnePass() {
        for (int i = 0; i < 1000; i++) {
            loop.trigger();
        }
        advance(Duration.ofSeconds(9));

        assertThat(passes).hasSize(1);
    }

    @Test
    void passesKeepTheirDistanceInTheLongRun() {
        triggerFor(Loop.DISTANCE.multipliedBy(100));

        assertThat(passes).hasSizeBetween(100, 100 + Loop.BURST);
        List<Instant> later = passes.subList(Loop.BURST, passes.size());
        for (int i = 1; i < later.size(); i++) {
            assertThat(Duration.between(later.get(i - 1), later.get(i)))
                    .isGreaterThanOrEqualTo(Loop.DISTANCE.minusMillis(1));
        }
    }

    @Test
    void afterAPauseAFewPassesFollowOneAnotherAtOnce() {
        triggerFor(Loop.DISTANCE.multipliedBy(10));
        advance(Duration.ofSeconds(9));
        passes.clear();

        triggerFor(Loop.DISTANCE.dividedBy(2));

        assertThat(passes).hasSize(Loop.BURST);
    }

    private void triggerFor(Duration span) {
        for (int i = 0; i < span.toMillis(); i++) {
            loop.trigger();
            advance(Duration.ofMillis(1));
        }
    }

    @Test
    void aTriggerDuringAPassMakesAnotherOne() {
        Loop[] own = new Loop[1];
        own[0] = new Loop(clock, timer, () -> {
            passes.add(clock.instant());
            if (passes.size() == 1) {
                own[0].trigger();
            }
        });
        own[0].trigger();
        advance(Duration.ofSeconds(1));

        assertThat(passes).hasSize(2);
    }

    @Test
    void passesNeverOverlapThoughTheTimerHasManyThreads() {
        int[] depth = {0, 0};
        Loop[] own = new Loop[1];
        own[0] = new Loop(clock, timer, () -> {
            depth[0]++;
            depth[1] = Math.max(depth[1], depth[0]);
            passes.add(clock.instant());
            if (passes.size() < 3) {
                own[0].trigger();
                advance(Duration.ofMillis(200));
            }
            depth[0]--;
        });
        own[0].trigger();
        advance(Duration.ofSeconds(2));

        assertThat(depth[1]).isEqualTo(1);
        assertThat(passes).hasSize(3);
    }

    @Test
    void aPassThatFailsDoesNotStopTheLoop() {
        Loop failing = new Loop(clock, timer, () -> {
            passes.add(clock.instant());
            throw new IllegalStateException("a defect");
        });
        failing.trigger();
        advance(Duration.ofSeconds(1));
        failing.trigger();
        advance(Duration.ofSeconds(1));

        assertThat(passes).hasSize(2);
    }

    @Test
    void itWakesAtTheEarliestTimeThatWasAskedFor() {
        Instant start = clock.instant();
        loop.wakeAt(start.plusSeconds(9));
        loop.wakeAt(start.plusSeconds(5));
        loop.wakeAt(start.plusSeconds(7));
        loop.wakeAt(Instant.MAX);
        assertThat(timer.waits()).hasSize(1);
        advance(Duration.ofSeconds(4));
        assertThat(passes).isEmpty();

        advance(Duration.ofSeconds(9));
        assertThat(passes).hasSize(1);
        assertThat(passes.get(0)).isBetween(start.plusSeconds(5), start.plusMillis(5_010));
    }

    @Test
    void aLoopThatIsClosedMakesNoPass() {
        loop.trigger();
        loop.wakeAt(clock.instant().plusSeconds(1));
        loop.close();
        loop.trigger();
        advance(Duration.ofSeconds(9));

        assertThat(passes).isEmpty();
    }

    @Test
    void aTimerThatIsClosedIsNoDefect() {
        timer.shutdown();
        loop.trigger();
        loop.wakeAt(clock.instant().plusSeconds(1));

        assertThat(passes).isEmpty();
    }
}
