package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.deleting;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.disrupted;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.policy.Progress.Ended;
import org.junit.jupiter.api.Test;

class DeletedJobPolicyTest {

    @Test
    void itemsThatWouldNeedAnotherPodGoIntoANewBatch() {
        Given given = new Given().batch(live(1, 2), deleting(1), disrupted(1, 0, 0));
        given.spec.logs(false);

        for (Progress progress : given.decide().judged().get(0).items()) {
            assertThat(progress).isInstanceOf(Ended.class);
            assertThat(((Ended) progress).outcome().state()).isEqualTo(ItemState.CANCELLED);
            assertThat(((Ended) progress).outcome().retry()).isTrue();
            assertThat(((Ended) progress).outcome().message()).contains("job-1", "deleted", "new batch");
        }
        assertThat(given.actions(Action.StartPod.class)).isEmpty();
        assertThat(given.actions(Action.WriteOutcomes.class)).hasSize(1);
    }

    @Test
    void whatRunsInItComesToItsEnd() {
        Given given = new Given().batch(live(1, 2), deleting(1), running(1, 0, 0), succeeded(1, 1, 0));

        assertThat(given.first()).isInstanceOf(Progress.Running.class);
        assertThat(((Ended) given.decide().judged().get(0).items().get(1))
                        .outcome()
                        .state())
                .isEqualTo(ItemState.SUCCEEDED);
    }

    @Test
    void theSlotsOfSuchItemsAreFreeOnlyOnceThatIsWritten() {
        Given given = new Given().batch(live(1, 2), deleting(1)).pending(9);
        given.spec.parallelism(2);

        assertThat(given.actions(Action.Claim.class)).isEmpty();
    }

    @Test
    void anItemThatAPodIsBeingCreatedForIsNotHandedOnMeanwhile() {
        Given given = new Given().batch(live(1, 1), deleting(1));
        given.running.add("pod 1 0");

        assertThat(given.first()).isInstanceOf(Progress.Due.class);
        assertThat(given.actions(Action.WriteOutcomes.class)).isEmpty();
    }

    @Test
    void aJobThatNobodyDeletesGetsItsPods() {
        assertThat(new Given().batch(live(1, 2), job(1)).actions(Action.StartPod.class))
                .hasSize(2);
    }
}
