package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.Maker;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
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
                    .hasMessageEndingWith("Give the queue another name, or ask for it.");
            assertThat(other.cluster.observed().records()).isEmpty();
            try (TestQueue again = queue(A).open()) {
                assertThat(again.cluster.observed().run().id()).isEqualTo(run);
            }
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
