package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The node breaks under a manager that works, and comes back under its name. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class BrokenNodeTest {

    @Test
    void aRestartOfTheNodeFailsNoItem() throws Exception {
        try (Scenario scenario = new Scenario(TestCluster.alone("boot"), 3, 3)) {
            ManagerProcess manager = scenario.manager("15");
            scenario.awaitRunning(3);
            scenario.cluster.stop("kubelet");
            scenario.cluster.stop("containerd");
            scenario.cluster.killContainers();
            scenario.cluster.start("containerd");
            scenario.cluster.start("kubelet");

            assertThat(manager.exitCode())
                    .as(() -> manager.output() + manager.errors())
                    .isZero();
            assertThat(manager.output() + manager.errors()).contains("ContainerLost");
            scenario.deleteLeavesNothing();
        }
    }

    @Test
    void aForcedDeletionOnASilentNodeLetsTheItemGoOn() throws Exception {
        try (Scenario scenario = new Scenario(TestCluster.alone("dead"), 1, 1)) {
            ManagerProcess manager = scenario.manager("20");
            scenario.awaitRunning(1);
            scenario.cluster.stop("kubelet");
            Awaitility.await()
                    .atMost(TestCluster.LONG)
                    .until(() -> scenario.command("status").output().contains("NodeNotReady"));
            scenario.cluster
                    .admin
                    .pods()
                    .inNamespace(scenario.cluster.namespace)
                    .withGracePeriod(0)
                    .delete();
            Awaitility.await()
                    .atMost(TestCluster.LONG)
                    .until(() -> scenario.command("status").output().contains("STARTING"));
            scenario.cluster.start("kubelet");

            assertThat(manager.exitCode())
                    .as(() -> manager.output() + manager.errors())
                    .isZero();
        }
    }
}
