package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes, API server and manager whose clocks are minutes apart, and clocks that somebody sets. */
class ClocksTest {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final Driven queue = new Driven(FakeSource.of("a", "b"));

    private Instant there(int minutesAhead) {
        return queue.world.clock.instant().plus(Duration.ofMinutes(minutesAhead));
    }

    private void waitOnTheirNodes(int minutesAhead) {
        queue.world
                .store
                .pods()
                .forEach(
                        pod -> queue.world.kubelet.set(FakePods.waiting(pod, there(minutesAhead), "ImagePullBackOff")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-15, -1, 1, 15})
    void aPodHasItsStartTimeoutWhateverTimeItIsOnItsNode(int minutesAhead) throws Exception {
        queue.start(settings -> settings.startTimeout(START_TIMEOUT)).started();
        waitOnTheirNodes(minutesAhead);

        queue.pass((int) START_TIMEOUT.dividedBy(Driven.STEP));
        assertThat(queue.count(ItemState.STARTING)).isEqualTo(2);
        queue.pass(4);
        assertThat(queue.count(ItemState.FAILED)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-15, 15})
    void aRetryComesAfterItsBackoffWhateverTimeItIsOnTheNode(int minutesAhead) throws Exception {
        queue.start(settings -> settings.retries(1)).running();
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, there(minutesAhead), "ExitCode"));

        queue.pass(1);
        assertThat(queue.world.store.pods()).hasSize(2);
        queue.pass(3);
        assertThat(queue.world.store.pods()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void aClockThatIsSetMovesNoWait(int minutes) throws Exception {
        queue.start(settings -> settings.retries(1).startTimeout(START_TIMEOUT)).running();
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
        queue.pass(1);
        queue.world.clock.jump(Duration.ofMinutes(minutes));
        assertThat(queue.world.store.pods()).hasSize(2);
        queue.pass(3);
        assertThat(queue.world.store.pods()).as("the retries").hasSize(4);

        waitOnTheirNodes(0);
        queue.pass(2);
        queue.world.clock.jump(Duration.ofMinutes(minutes));
        queue.pass(2);
        assertThat(queue.count(ItemState.STARTING)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-15, 15})
    void aRunIsWorkedOffWhateverTimeItIsOnTheNodes(int minutesAhead) throws Exception {
        queue.start(settings -> settings.retries(3));
        for (int i = 0; i < 100 && !queue.manager.status().phase().isEnd(); i++) {
            queue.work(
                    1,
                    () -> queue.world.kubelet.endAll((pod, now) -> pod.attempt() == 0
                            ? FakePods.failed(pod, there(minutesAhead), "ExitCode")
                            : FakePods.succeeded(pod, there(minutesAhead), "")));
        }

        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(queue.world.store.jobs()).isEmpty();
    }
}
