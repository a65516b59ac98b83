package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.scaling.ScalingSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue whose parallelism follows its traffic. */
class ScalingLifeTest {
    private static final ScalingSpec SCALING = new ScalingSpec(2, 4, 90, Duration.ofMinutes(1), Duration.ofSeconds(10));

    private final Driven queue = new Driven(FakeSource.of(60));

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private void startItSoThatABacklogRaisesIt() throws InterruptedException {
        queue.start(settings -> settings.scaling(SCALING));
        assertThat(queue.manager.status().parallelism()).isLessThanOrEqualTo(2);
        while (queue.count(ItemState.SUCCEEDED) < 6) {
            queue.running();
            queue.world.clock.advance(Duration.ofSeconds(4));
            queue.world.kubelet.succeedAll();
            queue.pass(1);
            queue.world.kubelet.reap();
        }
        queue.running();
    }

    @Test
    void itRisesWithTheTrafficAndSaysWhy() throws Exception {
        startItSoThatABacklogRaisesIt();

        assertThat(queue.manager.status().parallelism()).isEqualTo(4);
        assertThat(queue.manager.status().scaling()).startsWith("2 -> 4: no new item in ");
        assertThat(queue.count(ItemState.RUNNING)).isEqualTo(4);
        assertThat(queue.world.events)
                .filteredOn(Event.Scaled.class::isInstance)
                .hasSize(1);
    }

    @Test
    void itFallsAndNothingThatRunsIsStopped() throws Exception {
        startItSoThatABacklogRaisesIt();
        queue.source.list(names(8));
        queue.poll();
        queue.world.clock.advance(Duration.ofSeconds(30));
        queue.pass(30);

        assertThat(queue.manager.status().parallelism()).isEqualTo(2);
        assertThat(queue.count(ItemState.RUNNING)).isEqualTo(4);
    }

    /** Those that were begun stay in the listing. */
    private static List<String> names(int most) {
        return IntStream.range(0, most + 4).mapToObj(i -> "item " + i).toList();
    }

    @Test
    void aQuotaThatRefusesPodsCapsIt() throws Exception {
        startItSoThatABacklogRaisesIt();
        queue.world.cluster.failBefore(Kind.QUOTA, call -> call.equals("startPod") && unended() >= 3);
        queue.world.kubelet.succeedAll();
        queue.pass(4);
        queue.world.kubelet.reap();
        queue.pass(20);

        assertThat(queue.manager.status().parallelism()).isEqualTo(3);
        assertThat(queue.manager.status().scaling()).endsWith("the quota admits no more than 3");
    }

    private long unended() {
        return queue.world.store.pods().stream()
                .filter(pod -> !pod.isTerminal())
                .count();
    }

    @Test
    void aBoundThatIsSetByHandHolds() throws Exception {
        startItSoThatABacklogRaisesIt();
        queue.manager.setParallelism(1);
        queue.pass(1);

        assertThat(queue.manager.status().parallelism()).isEqualTo(1);
        assertThat(queue.manager.wantedParallelism()).isEqualTo(4);
    }
}
