package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemLogTest {
    @TempDir
    private Path directory;

    private final Driven queue = new Driven(FakeSource.of(2));

    private void failAll() {
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
    }

    private Optional<String> log(String item) throws InterruptedException {
        return queue.manager.log(item);
    }

    @Test
    void theLogOfAnItemThatRunsComesFromItsPod() throws Exception {
        queue.start().running();

        assertThat(log("item 1")).contains("log of 1-1-0");
    }

    @Test
    void whileAnItemIsRetriedItIsThatOfItsLastAttempt() throws Exception {
        queue.start(settings -> settings.retries(3)).running();
        failAll();
        queue.pass(6);

        assertThat(log("item 0")).contains("log of 1-0-1");
    }

    @Test
    void afterItsEndTheWholeLogComesFromTheLogStore() throws Exception {
        queue.world.logs(new LogStore(directory));
        queue.start().end();

        assertThat(log("item 0")).contains("log of 1-0-0");
    }

    @Test
    void withoutALogStoreAFailedItemHasTheTailInItsRecord() throws Exception {
        queue.start().work(30, this::failAll);
        assertThat(log("item 0")).contains("log of 1-0-0");

        Driven other = new Driven(FakeSource.of(1));
        other.start().end();
        assertThat(other.manager.log("item 0"))
                .as("of what succeeded only the log store keeps it")
                .isEmpty();
    }

    @Test
    void aLogThatCanNotBeHadFromThePodIsLookedForElsewhere() throws Exception {
        queue.world.logs(new LogStore(directory));
        new LogStore(directory).keep("item 0", 1, 0, "kept");
        queue.start().running();
        queue.world.cluster.failBefore(Kind.GONE, call -> call.equals("log"));

        assertThat(log("item 0")).contains("kept");
        assertThat(log("item 1")).isEmpty();
    }

    @Test
    void anUnknownItemHasNoLog() throws Exception {
        queue.start().pass(1);

        assertThat(log("no such item")).isEmpty();
        assertThat(log("item 0")).isEmpty();
    }

    @Test
    void aLogStoreThatCanNotBeWrittenIsToldAndTheRecordKeepsTheTail() throws Exception {
        Path file = Files.writeString(directory.resolve("a file"), "");
        queue.world.logs(new LogStore(file));
        queue.start().work(30, this::failAll);

        assertThat(queue.item("item 0").logTail()).isEqualTo("log of 1-0-0");
        assertThat(queue.world.events)
                .filteredOn(Event.Notice.class::isInstance)
                .asString()
                .contains("could not be kept in " + file);
    }

    @Test
    void aLogThatCanNeverBeHadHoldsUpNoOutcome() throws Exception {
        queue.world.cluster.failBefore(Kind.PASSING, call -> call.equals("log"));
        queue.start().work(60, this::failAll);

        assertThat(queue.count(ItemState.FAILED)).isEqualTo(2);
        assertThat(queue.item("item 0").logTail()).isEmpty();
    }
}
