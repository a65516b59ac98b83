package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The node goes while no manager looks: the finalizers hold its pods until a manager has seen how they ended. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class LostNodeTest {

    @Test
    void theNodeIsLostWhileTheManagerIsDown() throws Exception {
        try (Scenario scenario = new Scenario(TestCluster.alone("node"), 20, 6)) {
            ManagerProcess first = scenario.manager("4");
            scenario.awaitDone(6);
            first.kill();
            loseTheNode(scenario.cluster);

            ManagerProcess second = scenario.manager("0.5");

            assertThat(second.exitCode())
                    .as(() -> second.output() + second.errors())
                    .isZero();
            // A lost node's workers may go on unseen; what counts is what the API server knows.
            assertThat(scenario.journal.successes())
                    .containsExactlyInAnyOrderEntriesOf(
                            scenario.source.names().stream().collect(Collectors.toMap(name -> name, name -> 1)));
            scenario.parallelismHeld();
            scenario.deleteLeavesNothing();
        }
    }

    private static void loseTheNode(TestCluster cluster) throws Exception {
        Node node = cluster.admin.nodes().list().getItems().get(0);
        cluster.stop("kubelet");
        try {
            cluster.admin.resource(node).delete();
            Awaitility.await()
                    .atMost(TestCluster.LONG)
                    .until(() -> cluster.admin.pods().inNamespace(cluster.namespace).list().getItems().stream()
                            .noneMatch(pod -> "Running".equals(pod.getStatus().getPhase())
                                    || "Pending".equals(pod.getStatus().getPhase())));
        } finally {
            cluster.start("kubelet");
        }
        Awaitility.await()
                .atMost(TestCluster.LONG)
                .until(() -> cluster.admin.nodes().list().getItems().stream()
                        .flatMap(one -> one.getStatus().getConditions().stream())
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus())));
    }
}
