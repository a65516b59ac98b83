package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.Maker;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who may go on with a queue that is there. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class OwnerApiServerTest {
    private static final Maker A = new Maker("the job \"a/x\" of the Jenkins 1", other -> false, "ask for it");
    private static final Maker B = new Maker("the job \"b/y\" of the Jenkins 1", other -> false, "ask for it");

    private TestNamespace namespace;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    private TestQueue queue(Maker maker) {
        QueueSpec spec = TestQueue.spec("nightly", "").madeBy(maker);
        return new TestQueue(namespace.client(), namespace.name, spec);
    }

    @Test
    void aQueueOfSomebodyElseIsRefusedWithBothNames() throws Exception {
        try (TestQueue first = queue(A).open();
                TestQueue other = queue(B)) {
            String run = first.cluster.observed().run().id();

            assertThatThrownBy(other::open)
                    .isInstanceOfSatisfying(
                            ClusterException.class,
                            refusal -> assertThat(refusal.kind().endsOpening()).isTrue())
                    .hasMessageContaining("The queue \"nightly\"")
                    .hasMessageContaining("is that of the job \"a/x\" of the Jenkins 1")
                    .hasMessageContaining("This is the job \"b/y\" of the Jenkins 1. ")
                    .hasMessageContaining("Give the queue another name, or ask for it. ");
            assertThat(other.cluster.observed().records()).isEmpty();
            try (TestQueue again = queue(A).open()) {
                assertThat(again.cluster.observed().run().id()).isEqualTo(run);
            }
        }
    }

    /** The command that the sentence names, but for the program. */
    @Test
    void aQueueIsHandedOverByWhatTheSentenceSays() throws Exception {
        String said = "";
        try (TestQueue first = queue(A).open();
                TestQueue other = queue(B)) {
            assertThat(first.cluster.observed().records()).isEmpty();
            other.open();
        } catch (ClusterException e) {
            said = e.getMessage();
        }
        Matcher command = Pattern.compile("kubectl -n (\\S+) patch configmap (\\S+) --type merge -p '(.*)'\\.")
                .matcher(said);
        assertThat(command.find()).as(said).isTrue();
        namespace
                .client()
                .configMaps()
                .inNamespace(command.group(1))
                .withName(command.group(2))
                .patch(PatchContext.of(PatchType.JSON_MERGE), command.group(3));

        try (TestQueue handedOver = queue(B).open();
                TestQueue first = queue(A)) {
            assertThat(handedOver.cluster.observed().run().id()).isNotEmpty();
            assertThatThrownBy(first::open).hasMessageContaining("is that of the job \"b/y\"");
        }
    }

    @Test
    void whoSharesGoesOnWithSomebodyElsesQueue() throws Exception {
        try (TestQueue first = queue(A).open();
                TestQueue shared = queue(Maker.standAlone(true, "")).open();
                TestQueue stranger = queue(Maker.STAND_ALONE)) {
            assertThat(shared.cluster.observed().run().id())
                    .isEqualTo(first.cluster.observed().run().id());
            assertThatThrownBy(stranger::open)
                    .hasMessageContaining(
                            "a stand-alone queue manager. Give the queue another name, or have it shared.");
        }
    }
}
