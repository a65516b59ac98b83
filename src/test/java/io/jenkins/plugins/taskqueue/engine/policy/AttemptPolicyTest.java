package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.disrupted;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.failed;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.gone;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.pending;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.policy.Progress.Due;
import io.jenkins.plugins.taskqueue.engine.policy.Progress.Ended;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptPolicyTest {

    private static Given attempts(PodView... pods) {
        Given given = new Given().batch(live(1, 1), job(1), pods);
        given.spec.retries(1).disruptionRetries(2);
        return given;
    }

    static Stream<Arguments> howAnItemStands() {
        PodView p0 = pending(1, 0, 0);
        PodView r0 = running(1, 0, 0);
        PodView f0 = failed(1, 0, 0);
        PodView f1 = failed(1, 0, 1);
        PodView d0 = disrupted(1, 0, 0);
        PodView d1 = disrupted(1, 0, 1);
        PodView d2 = disrupted(1, 0, 2);
        PodView s1 = FakePods.disrupted(running(1, 0, 1), Given.NOW, PodView.SUSPENDED);
        PodView s2 = FakePods.disrupted(running(1, 0, 2), Given.NOW, PodView.SUSPENDED);
        return Stream.of(
                arguments("no pod yet", List.of(), "Due 0"),
                arguments("a pod that waits", List.of(p0), "Waiting"),
                arguments("a pod that runs", List.of(r0), "Running"),
                arguments("succeeded", List.of(succeeded(1, 0, 0)), "SUCCEEDED"),
                arguments("failed, one retry left", List.of(f0), "Due 1"),
                arguments("failed, retries used up", List.of(f0, f1), "FAILED"),
                arguments("failed, then runs again", List.of(f0, running(1, 0, 1)), "Running"),
                arguments("failed, then succeeded", List.of(f0, succeeded(1, 0, 1)), "SUCCEEDED"),
                arguments("taken away uses no retry", List.of(d0, f1), "Due 2"),
                arguments("failed uses no disruption retry", List.of(f0, d1, d2), "Due 3"),
                arguments("taken away more often than allowed", List.of(d0, d1, d2), "FAILED"),
                arguments("deleted from outside is taken away", List.of(f0, gone(1, 0, 1)), "Due 2"),
                arguments("stopped with its Job uses nothing", List.of(d0, d1, s2), "Due 3"),
                arguments("… nor before another end", List.of(f0, s1, d2), "Due 3"),
                arguments("an earlier attempt still runs", List.of(r0, f1), "Running"),
                arguments("an earlier attempt succeeded late", List.of(succeeded(1, 0, 0), f1), "SUCCEEDED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void howAnItemStands(String which, List<PodView> pods, String expected) {
        assertThat(word(attempts(pods.toArray(PodView[]::new)).first())).isEqualTo(expected);
    }

    private static String word(Progress progress) {
        if (progress instanceof Due due) {
            return "Due " + due.attempt();
        }
        return progress instanceof Ended ended
                ? ended.outcome().state().name()
                : progress.getClass().getSimpleName();
    }

    @Test
    void theOutcomeSaysHowTheLastAttemptEnded() {
        Ended ended = (Ended) attempts(failed(1, 0, 0), failed(1, 0, 1)).first();

        assertThat(ended.outcome().reason()).isEqualTo("ExitCode");
        assertThat(ended.outcome().message()).isEqualTo("exit code 3");
        assertThat(ended.outcome().attempts()).isEqualTo(2);
        assertThat(ended.outcome().ended()).isEqualTo(Given.NOW.minusSeconds(60));
    }

    @Test
    void attemptsAreCountedThoughThePodOfAnEarlierOneIsForgotten() {
        Ended ended = (Ended) attempts(succeeded(1, 0, 3)).first();

        assertThat(ended.outcome().attempts()).isEqualTo(4);
    }

    @Test
    void aSuccessSaysWhatTheWorkerLeft() {
        Ended ended = (Ended) attempts(succeeded(1, 0, 0)).first();

        assertThat(ended.outcome().result()).isEqualTo("result");
        assertThat(ended.outcome().reason()).isEmpty();
    }

    @Test
    void theBackoffGrowsWithEveryFailureOfTheSameCause() {
        Given given = new Given().batch(live(1, 1), job(1), failed(1, 0, 0), failed(1, 0, 1), failed(1, 0, 2));
        given.spec.retries(9);

        assertThat(delay(given.first())).isBetween(Duration.ofMillis(3200), Duration.ofMillis(4000));
        assertThat(delay(attempts(failed(1, 0, 0)).first())).isBetween(Duration.ofMillis(800), Duration.ofMillis(1000));
        assertThat(delay(attempts(failed(1, 0, 0), disrupted(1, 0, 1)).first()))
                .isBetween(Duration.ofMillis(800), Duration.ofMillis(1000));
    }

    private static Duration delay(Progress progress) {
        return Duration.between(Given.NOW.minusSeconds(60), ((Due) progress).at());
    }

    @Test
    void theBackoffOfItemsThatFailTogetherDiffers() {
        Given given = new Given().batch(live(1, 2), job(1), failed(1, 0, 0), failed(1, 1, 0));
        given.spec.retries(1);

        List<Progress> items = given.decide().judged().get(0).items();

        assertThat(delay(items.get(0))).isNotEqualTo(delay(items.get(1)));
    }

    private static Given counted(Attempts over, PodView... pods) {
        Given given = new Given().batch(live(1, 1).withAttempts(Map.of(0, over)), job(1), pods);
        given.spec.retries(1).disruptionRetries(2);
        return given;
    }

    static Stream<Arguments> howAnItemStandsWhoseEarlierPodsAreGone() {
        Attempts failed = Attempts.NONE.failed(0, "ExitCode");
        Attempts twiceTaken = Attempts.NONE.disrupted(0, "Evicted").disrupted(1, "Evicted");
        Attempts stopped = Attempts.NONE.stopped(0, PodView.SUSPENDED);
        return Stream.of(
                arguments("the next number is due", failed, List.of(), "Due 1"),
                arguments("… and once more, when it is counted twice", twiceTaken, List.of(), "Due 2"),
                arguments(
                        "a pod that is counted and there still counts once", failed, List.of(failed(1, 0, 0)), "Due 1"),
                arguments(
                        "… and uses up no more of its budget",
                        Attempts.NONE.disrupted(0, "Evicted"),
                        List.of(disrupted(1, 0, 0), disrupted(1, 0, 1)),
                        "Due 2"),
                arguments("the next one runs", failed, List.of(running(1, 0, 1)), "Running"),
                arguments("the next one fails, and no retry is left", failed, List.of(failed(1, 0, 1)), "FAILED"),
                arguments("… is taken away, which is another budget", failed, List.of(disrupted(1, 0, 1)), "Due 2"),
                arguments("taken away more often than allowed", twiceTaken, List.of(disrupted(1, 0, 2)), "FAILED"),
                arguments("what was stopped with its Job costs nothing", stopped, List.of(failed(1, 0, 1)), "Due 2"),
                arguments("the next one succeeds", twiceTaken, List.of(succeeded(1, 0, 2)), "SUCCEEDED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void howAnItemStandsWhoseEarlierPodsAreGone(String which, Attempts over, List<PodView> pods, String expected) {
        assertThat(word(counted(over, pods.toArray(PodView[]::new)).first())).isEqualTo(expected);
    }

    @Test
    void theBackoffGoesOnFromWhatIsCounted() {
        Attempts over =
                Attempts.NONE.disrupted(0, "Evicted").failed(1, "ExitCode").disrupted(2, "Evicted");

        assertThat(delay(counted(over).first())).isBetween(Duration.ofMillis(1600), Duration.ofMillis(2000));
        assertThat(((Due) counted(over.stopped(3, "Suspended")).first()).at()).isEqualTo(Instant.MIN);
    }

    @Test
    void attemptsThatAreCountedAreAttemptsOfTheOutcome() {
        Given given = counted(Attempts.NONE.failed(0, "ExitCode"));
        given.stop = Stop.ABORT;

        assertThat(((Ended) given.first()).outcome().attempts()).isEqualTo(1);
    }

    private static Given recorded(ItemState state, PodView pod) {
        Given given = new Given().batch(live(1, 1).withOutcomes(Map.of(0, Given.outcome(state))), job(1), pod);
        given.spec.logs(false);
        return given;
    }

    @Test
    void whatTheRecordSaysStaysSo() {
        assertThat(recorded(ItemState.FAILED, failed(1, 0, 0)).first()).isInstanceOf(Progress.Recorded.class);
        assertThat(recorded(ItemState.SUCCEEDED, succeeded(1, 0, 0)).actions())
                .hasOnlyElementsOfType(Action.Finish.class);
    }

    @Test
    void aSuccessThatWasNotYetSeenWhenTheRunWasStoppedCounts() {
        Given given = recorded(ItemState.CANCELLED, succeeded(1, 0, 0));

        Action.WriteOutcomes write = given.actions(Action.WriteOutcomes.class).get(0);
        assertThat(write.record()
                        .withOutcomes(write.outcomes())
                        .entries()
                        .get(0)
                        .outcome()
                        .state())
                .isEqualTo(ItemState.SUCCEEDED);
        assertThat(given.actions(Action.Finish.class)).isEmpty();
    }

    @Test
    void whatExitsWithZeroAfterItWasToldToEndIsNoSuccess() {
        Given given = recorded(ItemState.CANCELLED, FakePods.untracked(succeeded(1, 0, 0)));

        assertThat(given.actions()).hasOnlyElementsOfType(Action.Finish.class);
    }
}
