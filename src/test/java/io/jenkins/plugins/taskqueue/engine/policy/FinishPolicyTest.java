package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.NOW;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.ended;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.JobView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FinishPolicyTest {

    private static List<Integer> finished(Given given) {
        return given.actions(Action.Finish.class).stream()
                .map(finish -> finish.record().number())
                .toList();
    }

    private static Given busy() {
        return new Given().batch(live(100, 1), job(100), running(100, 0, 0));
    }

    @Test
    void nothingIsClearedAwayBeforeTheRecordHasEveryOutcome() {
        Given given = new Given()
                .batch(
                        live(1, 2).withOutcomes(Map.of(0, Given.outcome(ItemState.SUCCEEDED))),
                        job(1),
                        succeeded(1, 1, 0))
                .batch(ended(2, 2), job(2), succeeded(2, 0, 0), succeeded(2, 1, 0));

        assertThat(finished(given)).containsExactly(2);
    }

    @Test
    void whileOthersAreLiveTheEndedOnesAreGatheredForAMoment() {
        Given given = busy().seen(NOW.minusMillis(500)).batch(ended(1, 1), job(1), succeeded(1, 0, 0));

        assertThat(finished(given)).isEmpty();
        assertThat(given.decide().wake()).isEqualTo(NOW.minusMillis(500).plus(FinishPolicy.GATHER));
        given.now = NOW.minusMillis(500).plus(FinishPolicy.GATHER);
        assertThat(finished(given)).containsExactly(1);
    }

    @Test
    void whatHasWaitedItsTimeTakesTheOthersAlong() {
        Given given = busy().seen(NOW.minus(FinishPolicy.GATHER))
                .batch(ended(1, 1), job(1), succeeded(1, 0, 0))
                .seen(NOW)
                .batch(ended(2, 1), job(2), succeeded(2, 0, 0));

        assertThat(finished(given)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void enoughOfThemGoAtOnce() {
        Given given = busy().seen(NOW);
        for (int i = 1; i < FinishPolicy.ENOUGH; i++) {
            given.batch(ended(i, 1), job(i), succeeded(i, 0, 0));
        }
        assertThat(finished(given)).isEmpty();

        given.batch(ended(FinishPolicy.ENOUGH, 1), job(FinishPolicy.ENOUGH));
        assertThat(finished(given)).hasSize(FinishPolicy.ENOUGH);
    }

    @Test
    void nothingIsWaitedForWhereNothingElseIsLive() {
        Given given = new Given().seen(NOW).batch(ended(1, 1), job(1), succeeded(1, 0, 0));

        assertThat(finished(given)).containsExactly(1);
    }

    @Test
    void aRunThatIsStoppedWaitsForNothing() {
        Given given = busy().seen(NOW).batch(ended(1, 1), job(1), succeeded(1, 0, 0));
        given.stop = Stop.ABORT;

        assertThat(finished(given)).containsExactly(1);
    }

    @Test
    void whatStillRunsOfAnEndedBatchIsStoppedAtOnce() {
        Given given = busy().seen(NOW).batch(ended(1, 1), job(1), running(1, 0, 0));

        assertThat(finished(given)).containsExactly(1);
    }

    @Test
    void aJobsLastStatusIsWrittenOnlyWhereKueueWaitsForIt() {
        var given = new Given()
                .batch(ended(1, 1), job(1), succeeded(1, 0, 0))
                .batch(ended(2, 1), new JobView(2, "job-2", "uid", false, "team-a", false), succeeded(2, 0, 0))
                .batch(ended(3, 1), new JobView(3, "job-3", "uid", false, "team-a", true), succeeded(3, 0, 0))
                .batch(ended(4, 1), null, succeeded(4, 0, 0));

        assertThat(given.actions(Action.Finish.class))
                .filteredOn(Action.Finish::awaited)
                .extracting(finish -> finish.record().number())
                .containsExactly(2);
    }
}
