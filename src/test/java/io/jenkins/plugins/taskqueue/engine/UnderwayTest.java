package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that take their time: what they do is seen by nobody yet. */
class UnderwayTest {
    private final Driven queue = new Driven(FakeSource.of(1));
    private final List<Runnable> calls = new ArrayList<>();
    private String name = "";

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private void start(Changed.Change change) throws Exception {
        QueueSpec spec = QueueSpec.builder("videos", WorkerSpec.worker("acme/worker:1"))
                .named(false)
                .parallelism(4)
                .build();
        queue.manager = new QueueManager(
                spec,
                queue.source,
                Changed.by(queue.world.cluster, change),
                null,
                queue.world.engine(calls::add, queue.world.events::add));
        queue.manager.step();
    }

    private void finishCalls() {
        while (!calls.isEmpty()) {
            calls.remove(0).run();
        }
    }

    private void end() {
        for (int i = 0; i < 200 && !queue.manager.status().phase().isEnd(); i++) {
            queue.pass(1);
            finishCalls();
            queue.world.kubelet.startAll();
            queue.world.kubelet.succeedAll();
            queue.world.kubelet.reap();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aRunDoesNotEndWhileItsClaimItsJobOrItsPodIsBeingMade(int earlier) throws Exception {
        start((call, arguments, original) -> original.make());
        queue.pass(1);
        for (int i = 0; i < earlier; i++) { // the claim, then the Job
            calls.remove(0).run();
            queue.pass(1);
        }
        assertThat(calls).hasSize(1);
        Runnable slow = calls.remove(0);

        queue.manager.cancel();
        for (int i = 0; i < 50; i++) {
            queue.pass(1);
            finishCalls();
            queue.world.kubelet.reap();
        }
        assertThat(queue.manager.status().phase().isEnd()).isFalse();

        slow.run();
        end();
        assertThat(queue.manager.status().phase().isEnd()).isTrue();
        assertThat(queue.world.store.jobs()).isEmpty();
        assertThat(queue.world.store.pods()).isEmpty();
        assertThat(queue.world.store.records()).isEmpty();
    }

    @Test
    void whatIsDoneWhileAPassLooksIsSeenByThatPassOrTheNext() throws Exception {
        queue.source.list(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
        List<String> claimed = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        start((call, arguments, original) -> {
            if (call.equals("claim")) {
                asked.add("batch " + ((Claim) arguments[0]).number());
            } else if (call.equals("startPod")) {
                asked.add("pod " + ((BatchRecord) arguments[0]).number() + " " + arguments[1] + " " + arguments[2]);
            }
            Object answer = original.make();
            if (call.equals("observed") && !name.equals("observed")) {
                name = call;
                finishCalls(); // each call is done between the look at the cluster and its use
                name = "";
            }
            if (call.equals("claim")) {
                queue.world.store.records().stream()
                        .flatMap(record -> record.entries().stream())
                        .map(Entry::name)
                        .filter(item -> !claimed.contains(item))
                        .forEach(claimed::add);
            }
            return answer;
        });
        for (int i = 0; i < 200 && !queue.manager.status().phase().isEnd(); i++) {
            queue.pass(1);
            queue.world.kubelet.startAll();
            queue.world.kubelet.succeedAll();
            queue.world.kubelet.reap();
        }

        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(8);
        assertThat(claimed).hasSize(8);
        assertThat(asked).as("each thing is asked for once").doesNotHaveDuplicates();
        assertThat(queue.manager.status().items()).allMatch(item -> item.attempts() == 1);
    }
}
