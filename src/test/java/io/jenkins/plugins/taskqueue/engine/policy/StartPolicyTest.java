package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.NOW;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.ended;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.failed;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.pending;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartPolicyTest {

    private static Given parallelism(int most) {
        Given given = new Given();
        given.spec.parallelism(most);
        return given;
    }

    private static int claimed(Given given) {
        return given.actions(Action.Claim.class).stream()
                .mapToInt(claim -> claim.items().size())
                .sum();
    }

    @Test
    void thePendingItemsThatThereAreFreeSlotsForGoInOneBatch() {
        assertThat(claimed(parallelism(7).pending(100))).isEqualTo(7);
        assertThat(claimed(parallelism(7).pending(3))).isEqualTo(3);
        assertThat(parallelism(7).pending(100).actions(Action.Claim.class)).hasSize(1);
    }

    @Test
    void whatNeedsSeveralBatchesIsClaimedTogether() {
        Given given = parallelism(50).pending(100);
        given.spec.batchItems(1);

        assertThat(claimed(given)).isEqualTo(50);
    }

    @Test
    void noMoreThanAHundredItemsAreClaimedAtOnce() {
        assertThat(claimed(parallelism(500).pending(500))).isEqualTo(100);
    }

    @Test
    void podsThatWaitOrRunOrAreToBeRetriedHoldTheirSlots() {
        Given given = parallelism(10).pending(100);
        given.spec.retries(1);
        given.batch(live(1, 4), job(1), pending(1, 0, 0), running(1, 1, 0), failed(1, 2, 0), succeeded(1, 3, 0));

        assertThat(claimed(given)).isEqualTo(7);
    }

    @Test
    void anItemThatHasItsOutcomeHoldsItsSlotForAsLongAsItsPodMayRun() {
        assertThat(claimed(parallelism(3).pending(9).batch(ended(1, 2), job(1), running(1, 0, 0))))
                .isEqualTo(2);
    }

    @Test
    void aJobThatIsSuspendedHoldsItsSlotsAndLetsOthersStart() {
        assertThat(claimed(parallelism(5).pending(9).batch(live(1, 2), suspended(1))))
                .isEqualTo(3);
    }

    @Test
    void aLowerParallelismStartsNothingAndStopsNothing() {
        Given given = parallelism(1).pending(9).batch(live(1, 2), job(1), running(1, 0, 0), running(1, 1, 0));
        given.reports.put(1, new Underway.Report(NOW, "Running Running"));

        assertThat(given.actions()).isEmpty();
    }

    @Test
    void noBatchIsBegunWhileThePodsOfTheLastAreBeingCreated() {
        assertThat(claimed(parallelism(9).pending(9).batch(live(1, 2), job(1), pending(1, 0, 0))))
                .isZero();
        assertThat(claimed(parallelism(9).pending(9).batch(live(1, 2), null))).isZero();
    }

    @Test
    void anItemThatWaitsForItsRetryHoldsUpNoBatch() {
        Given given = parallelism(9).pending(9).batch(live(1, 1), job(1), failed(1, 0, 0));
        given.spec.retries(1);

        assertThat(claimed(given)).isEqualTo(8);
    }

    @Test
    void nothingIsClaimedWhilePausedOrLookingOnOrClaimingOrStopped() {
        Given paused = parallelism(9).pending(9);
        paused.paused = true;
        Given lookingOn = parallelism(9).pending(9);
        lookingOn.acts = false;
        Given claiming = parallelism(9).pending(9);
        claiming.running.add(Action.Claim.KEY);
        Given stopped = parallelism(9).pending(9);
        stopped.stop = Stop.ABORT;

        assertThat(List.of(paused, lookingOn, claiming, stopped)).allMatch(given -> claimed(given) == 0);
    }

    @Test
    void theNumberIsTheHighestGivenPlusOne() {
        Given given = parallelism(1).pending(1);
        given.records.add(ended(7, 1));
        given.claimed = 9;

        assertThat(given.actions(Action.Claim.class))
                .extracting(Action.Claim::number)
                .containsExactly(10);
    }

    @Test
    void aBusyQueueGathersSlotsForAShortTime() {
        Given given = parallelism(10).pending(100).batch(live(1, 9), job(1), runningPods(9));
        given.lastClaim = NOW.minusMillis(100);

        assertThat(claimed(given)).isZero();
        assertThat(given.decide().wake()).isEqualTo(NOW.minusMillis(100).plus(StartPolicy.GATHER));

        given.lastClaim = NOW.minus(StartPolicy.GATHER);
        assertThat(claimed(given)).isEqualTo(1);
    }

    @Test
    void withMoreSlotsItGathersForLonger() {
        assertThat(StartPolicy.gather(1)).isEqualTo(StartPolicy.GATHER);
        assertThat(StartPolicy.gather(50)).isEqualTo(StartPolicy.GATHER);
        assertThat(StartPolicy.gather(75))
                .isEqualTo(StartPolicy.GATHER.multipliedBy(3).dividedBy(2));
        assertThat(StartPolicy.gather(10_000)).isEqualTo(StartPolicy.GATHER.multipliedBy(4));
    }

    @Test
    void aJobOfItsOwnForEachItemIsNotGatheredFor() {
        Given given = parallelism(10).pending(100).batch(live(1, 9), job(1), runningPods(9));
        given.spec.batchItems(1);
        given.lastClaim = NOW.minusMillis(100);

        assertThat(claimed(given)).isEqualTo(1);
    }

    @Test
    void aSlowQueueGathersNothing() {
        Given given = parallelism(10).pending(100).batch(live(1, 6), job(1), runningPods(6));
        given.lastClaim = NOW.minusMillis(1);

        assertThat(claimed(given)).isEqualTo(4);
    }

    @Test
    void aFifthOfTheSlotsIsNotGatheredFor() {
        assertThat(claimedWithFree(9)).isZero();
        assertThat(claimedWithFree(10)).isEqualTo(10);
    }

    private static int claimedWithFree(int free) {
        int running = 50 - free;
        Given given = parallelism(50).pending(100).batch(live(1, running), job(1), runningPods(running));
        given.lastClaim = NOW.minusMillis(1);
        return claimed(given);
    }

    private static PodView[] runningPods(int count) {
        return IntStream.range(0, count).mapToObj(i -> running(1, i, 0)).toArray(PodView[]::new);
    }

    @Test
    void anItemIsNotStartedAgainWhileAPodOfItMayStillRun() {
        Given given = parallelism(9).batch(ended(1, 1), job(1), running(1, 0, 0));
        given.candidates.add(new Candidate("item 1.0", Given.LONG_AGO));
        given.pending(1);

        assertThat(given.actions(Action.Claim.class))
                .flatExtracting(Action.Claim::items)
                .extracting(Candidate::name)
                .containsExactly("pending 0");
    }

    @Test
    void aClaimThatHasToWaitIsDecidedAnewThen() {
        Given given = parallelism(9).pending(9);
        given.held.put(Action.Claim.KEY, new Underway.Hold(NOW.plus(Duration.ofSeconds(3)), "", ""));

        assertThat(claimed(given)).isZero();
        assertThat(given.decide().wake()).isEqualTo(NOW.plusSeconds(3));
    }
}
