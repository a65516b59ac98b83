package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The API server goes while a manager works, with real pods on a real node. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class LostApiServerTest {

    @Test
    void theApiServerIsAwayForHalfAMinute() throws Exception {
        try (Scenario scenario = new Scenario(TestCluster.alone("api"), 24, 8)) {
            ManagerProcess manager = scenario.manager("1");
            scenario.awaitDone(10);
            scenario.cluster.stop("kube-apiserver");
            try {
                // real seconds: what is tried is that leases, watches and calls outlive them
                Awaitility.await()
                        .timeout(Duration.ofSeconds(40))
                        .pollDelay(Duration.ofSeconds(30))
                        .until(() -> true);
            } finally {
                scenario.cluster.start("kube-apiserver");
            }

            assertThat(manager.exitCode())
                    .as(() -> manager.output() + manager.errors())
                    .isZero();
            scenario.everyItemWasDoneOnce();
            scenario.deleteLeavesNothing();
        }
    }
}
