package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The source and people misbehave while a manager works, with real pods on a real node. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
class FailingWorldTest {

    @Test
    void theSourceIsDownSlowAndAnswersNonsense() throws Exception {
        try (Scenario scenario = new Scenario(24, 5)) {
            scenario.source.mood(ItemServer.Mood.DOWN);
            ManagerProcess manager = scenario.manager("0.5", "--source-timeout", "2s");
            Awaitility.await()
                    .atMost(TestCluster.LONG)
                    .until(() -> manager.output().contains("503"));
            scenario.source.mood(ItemServer.Mood.GOOD);
            scenario.awaitDone(5);
            scenario.source.mood(ItemServer.Mood.NONSENSE);
            Awaitility.await()
                    .atMost(TestCluster.LONG)
                    .until(() -> manager.output().contains("JSON"));
            scenario.source.mood(ItemServer.Mood.SLOW);
            Awaitility.await()
                    .atMost(TestCluster.LONG)
                    .until(() -> manager.output().contains("within 2.0 s"));
            scenario.source.mood(ItemServer.Mood.GOOD);

            assertThat(manager.exitCode())
                    .as(() -> manager.output() + manager.errors())
                    .isZero();
            scenario.everyItemWasDoneOnce();
        }
    }

    @Test
    void aJobAndPodsAreDeletedByHand() throws Exception {
        try (Scenario scenario = new Scenario(20, 6)) {
            ManagerProcess manager = scenario.manager("3");
            scenario.awaitDone(6);
            List<Pod> pods = scenario.cluster
                    .admin
                    .pods()
                    .inNamespace(scenario.cluster.namespace)
                    .list()
                    .getItems();
            pods.stream()
                    .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                    .limit(2)
                    .forEach(pod -> scenario.cluster
                            .admin
                            .resource(pod)
                            .withGracePeriod(1)
                            .delete());
            scenario.awaitDone(14);
            List<Job> jobs = scenario.cluster
                    .admin
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(scenario.cluster.namespace)
                    .list()
                    .getItems();
            jobs.stream()
                    .limit(1)
                    .forEach(job -> scenario.cluster.admin.resource(job).delete());

            assertThat(manager.exitCode())
                    .as(() -> manager.output() + manager.errors())
                    .isZero();
            // A worker that ends in order after its pod was deleted is done again.
            assertThat(scenario.journal.successes().keySet())
                    .containsExactlyInAnyOrderElementsOf(scenario.source.names());
            assertThat(scenario.journal.successes().values().stream()
                            .filter(times -> times != 1)
                            .toList())
                    .hasSizeLessThanOrEqualTo(2)
                    .allMatch(times -> times == 2);
            scenario.deleteLeavesNothing();
        }
    }
}
