package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.NOW;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.failed;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.pending;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import org.junit.jupiter.api.Test;

class PodPolicyTest {

    private static int pods(Given given) {
        return given.actions(Action.StartPod.class).size();
    }

    @Test
    void theJobIsCreatedBeforeItsPods() {
        Given given = new Given().batch(live(1, 3), null);

        assertThat(given.actions()).hasOnlyElementsOfType(Action.StartJob.class).hasSize(1);
    }

    @Test
    void aJobThatSomebodyDeletedIsCreatedAgainUnlessEveryItemHasEnded() {
        assertThat(new Given()
                        .batch(live(1, 2), null, running(1, 0, 0), succeeded(1, 1, 0))
                        .actions(Action.StartJob.class))
                .hasSize(1);
        assertThat(new Given()
                        .batch(live(1, 2), null, succeeded(1, 0, 0), succeeded(1, 1, 0))
                        .actions(Action.StartJob.class))
                .isEmpty();
    }

    @Test
    void everyItemGetsAPodOfItsOwn() {
        assertThat(new Given().batch(live(1, 3), job(1)).actions(Action.StartPod.class))
                .extracting(Action.StartPod::index)
                .containsExactly(0, 1, 2);
    }

    @Test
    void noPodIsCreatedWhileTheJobIsSuspended() {
        Given given = new Given().batch(live(1, 2), suspended(1), failed(1, 0, 0));
        given.spec.retries(1);

        assertThat(pods(given)).isZero();
    }

    @Test
    void podsOfASuspendedJobThatHaveNotEndedAreStopped() {
        Given given = new Given()
                .batch(
                        live(1, 4),
                        suspended(1),
                        running(1, 0, 0),
                        pending(1, 1, 0),
                        FakePods.stopping(running(1, 2, 0)));

        assertThat(given.actions(Action.StopPod.class))
                .extracting(stop -> stop.pod().index())
                .containsExactly(0, 1);
        assertThat(pods(given)).isZero();
    }

    @Test
    void whatIsLeftOverOfAPodWhenItsWorkerHasEndedIsStopped() {
        var leftOver = FakePods.leftOver(running(1, 0, 0));

        assertThat(new Given()
                        .batch(live(1, 2), job(1), leftOver, running(1, 1, 0))
                        .actions(Action.StopPod.class))
                .containsExactly(new Action.StopPod(leftOver));
        assertThat(new Given().batch(live(1, 1), null, leftOver).actions(Action.StopPod.class))
                .hasSize(1);
        assertThat(new Given().batch(live(1, 1), suspended(1), leftOver).actions(Action.StopPod.class))
                .hasSize(1);
    }

    @Test
    void podsOfAnyOtherJobAreNotStopped() {
        assertThat(new Given().batch(live(1, 1), job(1), running(1, 0, 0)).actions(Action.StopPod.class))
                .isEmpty();
    }

    @Test
    void aRetryWaitsForItsBackoffAndTheNextDecisionComesThen() {
        Given given = new Given().seen(NOW).batch(live(1, 1), job(1), failed(1, 0, 0));
        given.spec.retries(1);

        assertThat(pods(given)).isZero();
        assertThat(given.decide().wake()).isBetween(NOW.plusMillis(800), NOW.plusMillis(1000));
        given.now = given.decide().wake();
        assertThat(given.actions(Action.StartPod.class))
                .extracting(Action.StartPod::attempt)
                .containsExactly(1);
    }

    @Test
    void aPodThatIsBeingCreatedOrWasRefusedIsNotCreatedAgainMeanwhile() {
        Given given = new Given().batch(live(1, 2), job(1));
        given.running.add("pod 1 0");
        given.held.put("pod 1 1", new Underway.Hold(NOW.plusSeconds(5), "QuotaExceeded", "no room"));

        assertThat(pods(given)).isZero();
        assertThat(given.decide().wake()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void whoeverLooksOnDoesNothing() {
        Given given = new Given().batch(live(1, 2), job(1)).batch(Given.ended(2, 1), job(2));
        given.acts = false;

        assertThat(given.actions()).isEmpty();
    }
}
