package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.LONG_AGO;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.failed;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Candidate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person cancels of a run that goes on. */
class CancelledItemTest {
    private final Given given =
            new Given().batch(live(1, 3), job(1), running(1, 0, 0), running(1, 1, 0), succeeded(1, 2, 0));

    private static Situation.Cancelled wish(String item) {
        return new Situation.Cancelled(Set.of(item), List.of());
    }

    @Test
    void theItemIsCancelledAndItsNeighboursGoOn() {
        given.spec.logs(false);
        given.cancelled = wish("item 1.1");

        assertThat(given.decide().judged().get(0).items())
                .extracting(progress -> progress.getClass().getSimpleName())
                .containsExactly("Running", "Ended", "Ended");
        var outcomes = given.actions(Action.WriteOutcomes.class).get(0).outcomes();
        assertThat(outcomes.get(1).state()).isEqualTo(ItemState.CANCELLED);
        assertThat(outcomes.get(1).reason()).isEqualTo("ByHand");
        assertThat(outcomes.get(2).state()).isEqualTo(ItemState.SUCCEEDED);
    }

    @Test
    void itsPodIsNotStoppedBeforeThatIsWritten() {
        given.cancelled = wish("item 1.1");

        assertThat(given.actions(Action.Release.class)).isEmpty();
    }

    @Test
    void itsSlotIsFreeOnlyOnceThatIsWritten() {
        Given due = new Given().batch(live(1, 2), job(1), running(1, 0, 0)).pending(9);
        due.running.add("pod 1 1"); // it may be made yet
        due.spec.parallelism(2);
        due.cancelled = wish("item 1.1");
        assertThat(due.actions(Action.Claim.class)).isEmpty();

        due.spec.parallelism(3);
        assertThat(due.actions(Action.Claim.class)).hasSize(1);
    }

    @Test
    void anItemThatHasEndedByItselfStaysAsItIs() {
        given.batch(live(2, 1), job(2), failed(2, 0, 0));
        given.spec.retries(0);
        given.cancelled = wish("item 2.0");

        assertThat(given.decide().judged().get(1).items().get(0))
                .isInstanceOfSatisfying(
                        Progress.Ended.class,
                        ended -> assertThat(ended.outcome().state()).isEqualTo(ItemState.FAILED));
    }

    @Test
    void whatNoBatchHoldsYetIsClaimedAsCancelledThoughNoSlotIsFreeAndTheQueueIsPaused() {
        List<Candidate> pending = List.of(new Candidate("later", LONG_AGO));
        given.cancelled = new Situation.Cancelled(Set.of("later"), pending);
        given.spec.parallelism(1);
        given.paused = true;

        assertThat(given.actions(Action.ClaimCancelled.class)).containsExactly(new Action.ClaimCancelled(2, pending));
    }
}
