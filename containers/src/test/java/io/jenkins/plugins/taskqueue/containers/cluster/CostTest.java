package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a queue costs the API server, counted there: writes for each item, and lists. */
@Tag("apiserver")
@Isolated("batches are smaller, and cost more writes, on a busy machine")
class CostTest {
    private static final String FAKE_PODS_RUN_A_SECOND =
            "apiVersion: v1\nkind: Pod\nmetadata:\n  annotations: {task-queue-test/run-for: 1s}\n";

    @Test
    void itemsTakeAtMostTwoPointSixWritesEachAndNoListAfterTheStart() throws Exception {
        Map<String, Integer> requests = requestsOf(500, 50, "100");

        assertThat(AuditLog.writes(requests)).as(requests.toString()).isLessThanOrEqualTo(1300);
        assertThat(AuditLog.listsWhileWorking(requests)).as(requests.toString()).isZero();
    }

    @Test
    void aJobForEachItemTakesAtMostSevenWritesEach() throws Exception {
        Map<String, Integer> requests = requestsOf(150, 50, "1");

        assertThat(AuditLog.writes(requests)).as(requests.toString()).isLessThanOrEqualTo(1050);
    }

    private static Map<String, Integer> requestsOf(int items, int parallelism, String batch) throws Exception {
        try (Scenario scenario = new Scenario(items, parallelism)) {
            AuditLog audit = new AuditLog(scenario.cluster);
            Path second = Files.createTempFile("pod-", ".yaml");
            Files.writeString(second, FAKE_PODS_RUN_A_SECOND);
            ManagerProcess manager = scenario.manager("1", "--batch", batch, "--pod-yaml", second.toString());
            assertThat(manager.exitCode())
                    .as(() -> manager.output() + manager.errors())
                    .isZero();
            scenario.parallelismHeld();
            assertThat(scenario.journal.successes()).hasSize(items).values().containsOnly(1);
            Map<String, Integer> requests = audit.requests();
            System.out.println("CostTest: " + items + " items, --batch " + batch + ": " + requests);
            return requests;
        }
    }
}
