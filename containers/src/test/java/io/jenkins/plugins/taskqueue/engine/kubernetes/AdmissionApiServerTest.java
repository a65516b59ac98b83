package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Denial;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an API server refuses for a rule that somebody makes, or for a namespace that somebody deletes, under a queue. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class AdmissionApiServerTest {
    private TestNamespace namespace;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    private TestQueue queue() {
        return new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", ""));
    }

    /** @param expression what a pod has to be like */
    private void rule(String expression) {
        String name = "rule-of-" + namespace.name;
        var policy = new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withFailurePolicy("Fail")
                .withNewMatchConstraints()
                .addNewResourceRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("pods")
                .endResourceRule()
                .endMatchConstraints()
                .addNewValidation()
                .withExpression(expression)
                .endValidation()
                .endSpec()
                .build();
        var binding = new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withPolicyName(name)
                .withValidationActions("Deny")
                .withNewMatchResources()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace.name)
                .endNamespaceSelector()
                .endMatchResources()
                .endSpec()
                .build();
        namespace.admin.resource(policy).create();
        namespace.admin.resource(binding).create();
    }

    private void noRule() {
        String name = "rule-of-" + namespace.name;
        var rules = namespace.admin.admissionRegistration().v1();
        rules.validatingAdmissionPolicyBindings().withName(name).delete();
        rules.validatingAdmissionPolicies().withName(name).delete();
    }

    private static Kind kindOf(ThrowingCallable call) {
        ClusterException refusal = catchThrowableOfType(ClusterException.class, call);
        return refusal == null ? null : refusal.kind(); // a rule takes a moment to hold
    }

    @Test
    void ruleOfTheClusterRefusesEveryPodOrOneForItsOwnSake() throws Exception {
        try (var queue = queue().open()) {
            BatchRecord record = queue.claim(1, 2);
            queue.cluster.startJob(record);
            rule("object.metadata.name == 'nobody'");
            await().atMost(TestQueue.LONG)
                    .untilAsserted(() -> assertThat(kindOf(() -> queue.cluster.startPod(record, 0, 0)))
                            .isEqualTo(Kind.REFUSED));
            noRule();
            rule("!object.metadata.name.endsWith('-1-1-0')");
            await().atMost(TestQueue.LONG)
                    .untilAsserted(() -> assertThat(kindOf(() -> queue.cluster.startPod(record, 1, 0)))
                            .isEqualTo(Kind.UNFIT));
            queue.cluster.startPod(record, 0, 0);
        } finally {
            noRule();
        }
    }

    @Test
    void namespaceThatIsBeingDeletedIsToldAndNotTriedForEver() throws Exception {
        try (var queue = queue().open()) {
            BatchRecord record = queue.start(1, 1);
            assertThat(kindOf(queue.cluster::probe)).isNull();
            assertThat(namespace.pods()).hasSize(1);
            namespace.admin.namespaces().withName(namespace.name).delete();

            assertThat(kindOf(queue.cluster::probe)).isEqualTo(Kind.LEAVING);
            assertThat(kindOf(() -> queue.cluster.startPod(record, 0, 1))).isEqualTo(Kind.LEAVING);
            assertThat(kindOf(() -> queue.claim(2, 1))).isEqualTo(Kind.LEAVING);
            queue.cluster.sweep(Set.of(), queue.pods(1));
            assertThat(namespace.admin.pods().inNamespace(namespace.name).list().getItems())
                    .allMatch(pod -> pod.getMetadata().getFinalizers().isEmpty());
        }
    }

    /** As when a namespace is deleted and the account lives elsewhere: then the RoleBinding may be the first to go. */
    @Test
    void rightToReadThatIsTakenAwayIsToldSoonAndBelievedAfterAMinute() throws Exception {
        var later = new AtomicLong();
        var spec = TestQueue.spec("videos", "");
        LongSupplier nanos = () -> System.nanoTime() + later.get();
        try (var queue =
                new TestQueue(namespace.client(), namespace.name, spec, KubernetesSettings.DEFAULT, nanos).open()) {
            queue.start(1, 1);
            assertThat(queue.cluster.denial()).isEqualTo(Denial.NONE);
            int changes = queue.changes.get();
            namespace.admin.rbac().roleBindings().inNamespace(namespace.name).delete();

            await().atMost(TestQueue.LONG)
                    .untilAsserted(() -> assertThat(queue.cluster.denial().sentence())
                            .contains("for user system:serviceaccount:" + namespace.name)
                            .endsWith("If that lasts for a minute, the queue ends."));
            await().atMost(TestQueue.LONG)
                    .untilAsserted(
                            () -> assertThat(queue.changes.get()).as("passes").isGreaterThan(changes));
            assertThat(queue.cluster.denial().believed()).isFalse();
            for (int quarter = 0; quarter < 4; quarter++) {
                later.addAndGet(Denial.BOUND.toNanos() / 4);
                int asked = namespace.requests.size();
                await().atMost(TestQueue.LONG)
                        .untilAsserted(() -> assertThat(namespace.requests).hasSizeGreaterThan(asked + 12));
            }
            await().atMost(TestQueue.LONG).until(() -> queue.cluster.denial().believed());
        }
    }
}
