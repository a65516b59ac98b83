package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class RefusalApiServerTest {
    private TestNamespace namespace;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void missingRightsAreNamedBeforeAnythingIsClaimed() {
        namespace
                .admin
                .rbac()
                .roles()
                .inNamespace(namespace.name)
                .withName("task-queue")
                .edit(role -> {
                    role.getRules().removeIf(rule -> rule.getResources().contains("pods"));
                    return role;
                });

        assertThatThrownBy(() -> queue("").open())
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FATAL))
                .hasMessageContaining("create pods")
                .hasMessageContaining("containers/deploy/role.yaml")
                .hasMessageContaining(namespace.name)
                .hasMessageNotContaining("create jobs");
        assertNothingWasCreated();
    }

    @Test
    void misspeltFieldIsNamed() {
        assertThatThrownBy(() -> queue("spec: {nodeSelectr: {a: b}}").open())
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("nodeSelectr");
        assertNothingWasCreated();
    }

    @Test
    void wrongFieldIsNamed() {
        assertThatThrownBy(() -> queue("spec: {dnsPolicy: Sometimes}").open())
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("dnsPolicy");
        assertNothingWasCreated();
    }

    @Test
    void restrictedNamespaceTakesOurPodsAndNoPrivilegedOnes() throws Exception {
        namespace.restricted();
        try (var queue = queue("").open()) {
            assertThat(queue.start(1, 1).entries()).hasSize(1);
        }

        assertThatThrownBy(() -> new TestQueue(
                                namespace.client(),
                                namespace.name,
                                TestQueue.spec("other", "spec: {hostNetwork: true}"))
                        .open())
                .hasMessageContaining("PodSecurity")
                .hasMessageContaining("hostNetwork");
    }

    @Test
    void missingNamespaceIsASentence() {
        var nowhere = new TestQueue(namespace.admin, "no-such-namespace", TestQueue.spec("videos", ""));

        assertThatThrownBy(nowhere::open)
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FATAL))
                .hasMessageContaining("There is no namespace no-such-namespace");
    }

    @Test
    void fullQuotaMakesPodsWaitAndTheQueueOpen() throws Exception {
        namespace
                .admin
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("few")
                        .withNamespace(namespace.name)
                        .endMetadata()
                        .withNewSpec()
                        .withHard(Map.of("pods", new Quantity("0")))
                        .endSpec()
                        .build())
                .create();
        await().atMost(TestQueue.LONG)
                .until(() -> namespace
                                .admin
                                .resourceQuotas()
                                .inNamespace(namespace.name)
                                .withName("few")
                                .get()
                                .getStatus()
                                .getHard()
                        != null);
        try (var queue = queue("").open()) {
            BatchRecord record = queue.claim(1, 1);
            queue.cluster.startJob(record);

            assertThatThrownBy(() -> queue.cluster.startPod(record, 0, 0))
                    .isInstanceOfSatisfying(
                            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.QUOTA))
                    .hasMessageContaining("exceeded quota: few");
        }
    }

    @Test
    void rightThatIsLostLaterIsFirstDoubted() throws Exception {
        try (var queue = queue("").open()) {
            BatchRecord record = queue.claim(1, 1);
            namespace
                    .admin
                    .rbac()
                    .roles()
                    .inNamespace(namespace.name)
                    .withName("task-queue")
                    .delete();

            await().atMost(TestQueue.LONG)
                    .untilAsserted(() -> assertThatThrownBy(() -> queue.cluster.startJob(record))
                            .isInstanceOfSatisfying(
                                    ClusterException.class,
                                    e -> assertThat(e.kind()).isEqualTo(Kind.PASSING))
                            .hasMessageContaining("give it the right \"create jobs\""));
        }
    }

    @Test
    void foreignObjectWithOurNameIsNotAdopted() throws Exception {
        try (var queue = queue("").open()) {
            BatchRecord record = queue.claim(1, 1);
            queue.cluster.startJob(record);
            namespace
                    .admin
                    .resource(new PodBuilder()
                            .withNewMetadata()
                            .withName("tq-" + QueueId.of("videos") + "-1-0-0")
                            .withNamespace(namespace.name)
                            .endMetadata()
                            .withNewSpec()
                            .addNewContainer()
                            .withName("c")
                            .withImage("i")
                            .endContainer()
                            .endSpec()
                            .build())
                    .create();

            assertThatThrownBy(() -> queue.cluster.startPod(record, 0, 0))
                    .isInstanceOfSatisfying(
                            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TAKEN))
                    .hasMessageContaining("is none of queue \"videos\"");
        }
    }

    @Test
    void foreignConfigMapWithTheOwnersNameIsNotTaken() {
        namespace
                .admin
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("tq-" + QueueId.of("videos"))
                        .withNamespace(namespace.name)
                        .endMetadata()
                        .build())
                .create();

        assertThatThrownBy(() -> queue("").open()).hasMessageContaining("is not that of queue \"videos\"");
    }

    @Test
    void recordOfALaterVersionStopsTheQueueWithItsName() throws Exception {
        try (var queue = queue("").open()) {
            queue.claim(1, 1);
        }
        String name = "tq-" + QueueId.of("videos") + "-1";
        namespace.admin.configMaps().inNamespace(namespace.name).withName(name).edit(map -> {
            map.getData().put("record.json", "{\"version\":2,\"entries\":[]}");
            return map;
        });

        assertThatThrownBy(() -> queue("").open()).hasMessageContaining(name).hasMessageContaining("version 2");
    }

    private TestQueue queue(String podYaml) {
        return new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", podYaml));
    }

    private void assertNothingWasCreated() {
        assertThat(namespace
                        .admin
                        .configMaps()
                        .inNamespace(namespace.name)
                        .withLabel(Keys.MANAGED_BY, Keys.TASK_QUEUE)
                        .list()
                        .getItems())
                .isEmpty();
    }
}
