package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The namespace is deleted while a queue works in it: nothing can be created, and all its pods are told to end. */
class LeavingTest {
    private static final Set<String> CREATES = Set.of("claim", "startJob", "startPod", "probe");
    private static final String SENTENCE = "The namespace is being deleted.";

    private final Driven queue = new Driven(FakeSource.of(2));
    private final List<Runnable> calls = new ArrayList<>();
    private boolean leaving;
    private int refused;
    private int probes;

    @BeforeEach
    void start() throws Exception {
        Cluster cluster = Changed.by(queue.world.cluster, (call, arguments, original) -> {
            probes += call.equals("probe") ? 1 : 0;
            if (leaving && CREATES.contains(call)) {
                refused++;
                throw new ClusterException(Kind.LEAVING, SENTENCE);
            }
            return original.make();
        });
        QueueSpec spec = QueueSpec.builder("videos", WorkerSpec.worker("acme/worker:1"))
                .parallelism(4)
                .retries(9)
                .build();
        queue.manager = new QueueManager(
                spec, queue.source, cluster, null, queue.world.engine(calls::add, queue.world.events::add));
        queue.manager.step();
    }

    /** Passes, after each of which the calls are carried out that it asked for. */
    private void pass(int times) {
        for (int i = 0; i < times; i++) {
            queue.pass(1);
            finishCalls();
        }
    }

    private void finishCalls() {
        while (!calls.isEmpty()) {
            calls.remove(0).run();
        }
    }

    private void delete() {
        leaving = true;
        queue.world.store.pods().forEach(pod -> queue.world.store.delete(pod.name()));
        queue.world.kubelet.reap();
    }

    @Test
    void whatIsThereIsLetGoAndTheRunEndsWithThatSentence() {
        pass(6);
        queue.world.kubelet.startAll();
        delete();
        assertThat(queue.world.store.pods()).as("held by their finalizers").hasSize(2);
        pass(12);

        assertThat(queue.world.store.pods()).isEmpty();
        assertThat(queue.manager.failure()).hasValue(SENTENCE);
    }

    @Test
    void alsoWhereNobodyHoldsTheLeaseAnyMore() {
        pass(6);
        queue.world.kubelet.startAll();
        leaving = true;
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
        for (int i = 0; i < 10 && refused == 0; i++) {
            pass(1); // a retry is refused, and nothing was let go yet
        }
        delete();
        assertThat(queue.world.store.pods()).hasSize(2);
        queue.world.cluster.acting(false);
        pass(12);

        assertThat(queue.world.store.pods()).isEmpty();
        assertThat(queue.manager.failure()).hasValue(SENTENCE);
    }

    /** Its pods may go a minute before anything is to be created again, and the right to create is gone by then. */
    @Test
    void thatIsFoundOutAsSoonAsSomebodyTakesThePodsAway() {
        pass(6);
        queue.world.kubelet.startAll();
        pass(1);
        assertThat(queue.manager.failure()).isEmpty();
        leaving = true;
        queue.world.store.pods().forEach(pod -> queue.world.store.delete(pod.name()));
        pass(3);

        assertThat(queue.manager.failure()).as("though they still run").hasValue(SENTENCE);
        assertThat(queue.world.store.pods()).noneMatch(PodView::tracked);
    }

    @Test
    void aDrainIsAskedAboutSeldom() {
        pass(6);
        queue.world.kubelet.startAll();
        queue.world.store.pods().forEach(pod -> queue.world.store.delete(pod.name()));
        pass(60);

        assertThat(probes).isBetween(1, 4);
        assertThat(queue.manager.failure()).isEmpty();
    }

    @Test
    void aQueueThatIsDeletedIsLetGoThoughNobodyHoldsTheLease() {
        pass(6);
        queue.world.kubelet.startAll();
        queue.world.cluster.acting(false);
        queue.world.hand.deleteOwner();
        queue.world.kubelet.reap();
        assertThat(queue.world.store.pods()).as("held by their finalizers").hasSize(2);
        pass(12);

        assertThat(queue.world.store.pods()).isEmpty();
        assertThat(queue.manager.failure()).get().asString().contains("was deleted");
    }

    @Test
    void notBeforeAPodIsLetGoWhoseCreationWasUnderWay() {
        pass(1);
        queue.pass(1); // asks for two pods
        assertThat(calls).hasSize(2);
        leaving = true;
        calls.remove(0).run();
        queue.pass(20);
        assertThat(queue.manager.failure()).isEmpty();

        leaving = false; // it had come through before
        finishCalls();
        delete();
        pass(30);
        assertThat(queue.world.store.pods()).isEmpty();
        assertThat(queue.manager.failure()).hasValue(SENTENCE);
    }
}
