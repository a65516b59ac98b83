package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.pending;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.policy.Progress.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTimeoutPolicyTest {

    private static Given timeout(int seconds, PodView pod) {
        Given given = new Given().batch(live(1, 1), job(1), pod);
        given.spec.startTimeout(Duration.ofSeconds(seconds));
        given.looks.put(pod.name(), Given.NOW);
        return given;
    }

    @Test
    void noItemIsFailedBeforeItsPodIsReadAnew() {
        Given given = timeout(60, waiting(1, 0, "ImagePullBackOff"));
        for (Instant read : List.of(Instant.MIN, Given.NOW.minusMillis(1))) {
            given.looks.put("1-0-0", read);
            assertThat(given.first()).isInstanceOf(Progress.Waiting.class);
            assertThat(given.actions(Action.Look.class)).hasSize(1);
        }

        given.looks.put("1-0-0", Given.NOW);
        assertThat(given.first()).isInstanceOf(Ended.class);
        assertThat(given.actions(Action.Look.class)).isEmpty();
    }

    @Test
    void noPodIsReadAnewBeforeItsTime() {
        assertThat(timeout(61, waiting(1, 0, "ImagePullBackOff")).actions(Action.Look.class))
                .isEmpty();
    }

    @Test
    void aPodThatDoesNotStartInTimeFailsItsItemWithTheReasonOfTheWait() {
        Progress progress = timeout(60, waiting(1, 0, "ImagePullBackOff")).first();

        assertThat(progress).isInstanceOf(Ended.class);
        assertThat(((Ended) progress).outcome().state()).isEqualTo(ItemState.FAILED);
        assertThat(((Ended) progress).outcome().reason()).isEqualTo("ImagePullBackOff");
        assertThat(((Ended) progress).outcome().message())
                .contains("start time-out of 60 s", "It waits: ImagePullBackOff");
    }

    @Test
    void itsOutcomeIsWrittenBeforeThePodIsStopped() {
        Given given = timeout(60, waiting(1, 0, "ImagePullBackOff"));

        assertThat(((Ended) given.first()).stops()).isTrue();
        assertThat(given.actions(Action.WriteOutcomes.class)).hasSize(1);
        assertThat(given.actions(Action.Release.class)).isEmpty();
    }

    @Test
    void aWaitWithoutAReasonHasOneToo() {
        Progress progress = timeout(60, waiting(1, 0, "")).first();

        assertThat(((Ended) progress).outcome().reason()).isEqualTo("StartTimeout");
    }

    @Test
    void nothingIsFailedBeforeItsTimeAndTheNextDecisionComesThen() {
        Given given = timeout(61, waiting(1, 0, "ImagePullBackOff"));

        assertThat(given.first()).isInstanceOf(Progress.Waiting.class);
        assertThat(given.decide().wake()).isEqualTo(Given.NOW.plusSeconds(1));
    }

    @Test
    void aPodThatCanNotBeScheduledWaitsAsLongAsItTakes() {
        assertThat(timeout(1, pending(1, 0, 0)).first()).isInstanceOf(Progress.Waiting.class);
    }

    @Test
    void aStageThatDoesNotStartAfterTheOneBeforeItFailsItsItemToo() {
        PodView between = FakePods.betweenStages(running(1, 0, 0), Given.NOW.minusSeconds(60), "ImagePullBackOff");

        Progress progress = timeout(60, between).first();

        assertThat(((Ended) progress).outcome().reason()).isEqualTo("ImagePullBackOff");
        assertThat(((Ended) progress).outcome().message())
                .startsWith("The next stage did not start within its start time-out of 60 s");
        assertThat(((Ended) progress).outcome().started()).isEqualTo(Given.LONG_AGO);
        assertThat(((Ended) progress).stops()).isTrue();
        assertThat(timeout(61, between).first()).isInstanceOf(Progress.Running.class);
        assertThat(timeout(61, between).decide().wake()).isEqualTo(Given.NOW.plusSeconds(1));
    }

    @Test
    void aWorkerThatRunsHasNoStartTimeout() {
        assertThat(timeout(1, running(1, 0, 0)).first()).isInstanceOf(Progress.Running.class);
    }
}
