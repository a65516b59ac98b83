package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.failed;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import org.junit.jupiter.api.Test;

class StopPolicyTest {

    private static Given aborted() {
        Given given = new Given()
                .batch(live(1, 4), job(1), succeeded(1, 0, 0), failed(1, 1, 0), running(1, 2, 0))
                .pending(9);
        given.spec.logs(false).retries(1);
        given.logs.put("1-1-0", "");
        given.stop = Stop.ABORT;
        return given;
    }

    @Test
    void whatHasNotEndedByItselfIsCancelled() {
        assertThat(aborted()
                        .actions(Action.WriteOutcomes.class)
                        .get(0)
                        .outcomes()
                        .values())
                .extracting(Outcome::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.CANCELLED, ItemState.CANCELLED, ItemState.CANCELLED);
    }

    @Test
    void aCancelledItemSaysWhyAndHowManyAttemptsItHad() {
        var outcomes = aborted().actions(Action.WriteOutcomes.class).get(0).outcomes();

        assertThat(outcomes.get(2).reason()).isEqualTo("Aborted");
        assertThat(outcomes.get(2).message()).isEqualTo("The run was aborted.");
        assertThat(outcomes.get(2).attempts()).isEqualTo(1);
        assertThat(outcomes.get(3).attempts()).isZero();
        assertThat(outcomes.values()).noneMatch(Outcome::retry);
    }

    @Test
    void nothingIsStartedAndNothingStoppedBeforeItIsWritten() {
        assertThat(aborted().actions()).allMatch(Action.WriteOutcomes.class::isInstance);
    }
}
