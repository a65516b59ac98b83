package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source that wants to be told is told, and only of what is written. */
class AcknowledgeTest {
    private final Driven queue = new Driven(FakeSource.of(8).acknowledging());

    AcknowledgeTest() {
        queue.source.onTold(queue.world.store::telling);
    }

    @AfterEach
    void noRuleWasBroken() {
        assertThat(queue.world.rules.breaches()).isEmpty();
    }

    private Status end(int passesPerPoll) throws InterruptedException {
        for (int i = 0; i < 500 && !queue.manager.status().phase().isEnd(); i++) {
            queue.work(passesPerPoll, queue.world.kubelet::succeedAll);
            queue.poll();
        }
        return queue.manager.status();
    }

    private void failAll() {
        queue.world.kubelet.endAll((pod, now) -> FakePods.failed(pod, now, "ExitCode"));
    }

    private static SourceException trouble() {
        return SourceException.passing("The source can't be told.", null);
    }

    private List<String> notices() {
        return queue.world.events.stream()
                .filter(Event.Notice.class::isInstance)
                .map(event -> ((Event.Notice) event).sentence())
                .toList();
    }

    @Test
    void whatIsDoneIsToldOnceItsRecordIsWritten() throws Exception {
        queue.world.cluster.failBefore(Kind.PASSING, call -> call.equals("write"));
        queue.start().work(20, queue.world.kubelet::succeedAll);
        assertThat(queue.count(ItemState.SUCCEEDED)).as("seen to have ended").isPositive();
        assertThat(queue.source.told()).isEmpty();

        queue.world.cluster.failBefore(Kind.PASSING, call -> false);
        assertThat(end(1).phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(queue.source.told())
                .hasSize(8)
                .allSatisfy((item, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void whatFailedIsToldWithItsReason() throws Exception {
        List<String> failed = new ArrayList<>();
        queue.source.onTold((item, done) -> failed.add(item + done));
        queue.start().work(20, this::failAll);
        queue.poll();
        queue.pass(5);

        assertThat(failed).hasSize(8).contains("item 3false");
        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.FAILED);
    }

    @Test
    void whatWasCancelledIsNotTold() throws Exception {
        queue.start().running();
        queue.manager.cancelItem("item 1");
        queue.work(3, () -> {});

        assertThat(queue.item("item 1").state()).isEqualTo(ItemState.CANCELLED);
        assertThat(queue.source.told()).isEmpty();
    }

    @Test
    void aSourceThatDoesNotWantToBeToldIsNot() throws Exception {
        Driven quiet = new Driven(FakeSource.of(3));
        quiet.start().end();

        assertThat(quiet.source.told()).isEmpty();
    }

    @Test
    void anItemThatIsListedStillIsToldAgainButNotWithoutANewListing() throws Exception {
        queue.source.deaf(true);
        queue.start(settings -> settings.once(false)).work(20, queue.world.kubelet::succeedAll);
        assertThat(queue.source.told()).containsEntry("item 1", 1);

        queue.poll();
        queue.pass(3);
        assertThat(queue.source.told()).containsEntry("item 1", 2);
        assertThat(queue.pass(50).source.told()).containsEntry("item 1", 2);
    }

    @Test
    void aRunEndsOnlyWhenItsSourceWasToldOfEverything() throws Exception {
        for (int i = 0; i < 8; i++) {
            queue.source.stumbling("item " + i, trouble());
        }
        queue.start().work(60, queue.world.kubelet::succeedAll);
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(8);
        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.RUNNING);
        assertThat(queue.manager.status().sentence()).isEqualTo("The source can't be told.");
        assertThat(notices()).as("said once").containsExactly("The source can't be told.");

        for (int i = 0; i < 8; i++) {
            queue.source.stumbling("item " + i, null);
        }
        assertThat(end(20).phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(queue.source.told()).hasSize(8);
    }

    @Test
    void aSourceThatCanNotBeToldHoldsTheRunForABoundedTime() throws Exception {
        queue.source.stumbling("item 2", trouble());
        queue.start().work(60, queue.world.kubelet::succeedAll);
        assertThat(queue.manager.status().phase().isEnd()).isFalse();

        queue.world.clock.advance(Farewell.PATIENCE);
        queue.pass(3);

        assertThat(queue.manager.status().phase()).isEqualTo(Status.Phase.SUCCEEDED);
        assertThat(notices()).anySatisfy(said -> assertThat(said).contains("could not be told how 1 items ended"));
        assertThat(queue.source.told()).hasSize(7);
    }

    @Test
    void theNextRunTellsWhatWasDoneBefore() throws Exception {
        aSourceThatCanNotBeToldHoldsTheRunForABoundedTime();
        queue.source.stumbling("item 2", null);

        Status end = queue.start().end();

        assertThat(queue.source.told()).containsEntry("item 2", 1);
        assertThat(end.count(ItemState.SUCCEEDED)).isZero();
    }

    @Test
    void aManagerThatIsKilledLeavesTheTellingToTheNext() throws Exception {
        for (int i = 0; i < 8; i++) {
            queue.source.stumbling("item " + i, trouble());
        }
        queue.start().work(20, queue.world.kubelet::succeedAll);
        for (int i = 0; i < 8; i++) {
            queue.source.stumbling("item " + i, null);
        }
        queue.start();

        assertThat(end(20).count(ItemState.SUCCEEDED)).isEqualTo(8);
        assertThat(queue.source.told()).hasSize(8);
        assertThat(queue.world.rules.successes())
                .hasSize(8)
                .allSatisfy((item, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void aRunEndsOnlyWhenAListingAfterTheLastTellingBroughtNothing() throws Exception {
        queue.start().work(60, queue.world.kubelet::succeedAll);
        assertThat(queue.source.told()).hasSize(8);
        assertThat(queue.manager.status().phase().isEnd()).isFalse();

        queue.source.list(List.of("one that there was no room for"));
        assertThat(end(20).count(ItemState.SUCCEEDED)).isEqualTo(9);
    }

    @Test
    void anItemThatFailedInAnEarlierRunIsToldAndNotTriedAgain() throws Exception {
        queue.source.stumbling("item 5", trouble());
        queue.start().work(30, this::failAll);
        queue.world.clock.advance(Farewell.PATIENCE);
        queue.pass(3);
        assertThat(queue.manager.status().phase().isEnd()).isTrue();
        queue.source.stumbling("item 5", null);
        int records = queue.world.store.records().size();

        queue.start();
        end(5);

        assertThat(queue.source.told()).containsEntry("item 5", 1);
        assertThat(queue.world.store.records()).hasSize(records);
    }

    @Test
    void aPersonsRetryBeforeTheSourceWasToldIsDone() throws Exception {
        queue.source.stumbling("item 5", trouble());
        queue.start().work(20, this::failAll);
        queue.manager.setParallelism(0);
        Retry.mark(queue.world.cluster, "item 5"::equals);
        queue.source.stumbling("item 5", null);
        queue.pass(60);
        assertThat(queue.source.told()).as("is to be done again").doesNotContainKey("item 5");

        queue.manager.setParallelism(4);
        queue.work(20, queue.world.kubelet::succeedAll);
        assertThat(queue.source.told()).containsEntry("item 5", 1);
        assertThat(queue.item("item 5").state()).isEqualTo(ItemState.SUCCEEDED);
    }

    @Test
    void anEndlessStreamDoesNotGrowTheRecordsAndTheCountsStayTrue() throws Exception {
        int perRound = 200;
        int rounds = 12;
        queue.world.rules.parallelism(50);
        queue.start(settings -> settings.once(false).parallelism(50).batchItems(3));
        for (int round = 0; round < rounds; round++) {
            int from = round * perRound;
            queue.source.list(IntStream.range(from, from + perRound)
                    .mapToObj(i -> "message " + i)
                    .toList());
            queue.poll();
            queue.work(40, queue.world.kubelet::succeedAll);
            queue.poll();
            queue.pass(30);
        }

        int entries = queue.world.store.records().stream()
                .mapToInt(record -> record.entries().size())
                .sum();
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(rounds * perRound);
        assertThat(queue.source.told()).hasSize(rounds * perRound);
        assertThat(entries).isBetween(300, 1200);
        assertThat(queue.manager.status().items()).hasSizeBetween(300, 1200);
        assertThat(queue.world.rules.successes()).hasSize(rounds * perRound);
    }

    @Test
    void nothingIsForgottenThatTheSourceWasNotToldOf() throws Exception {
        Map<String, Integer> told = queue.source.told();
        List<String> names =
                IntStream.range(0, 1000).mapToObj(i -> "message " + i).toList();
        queue.world.rules.parallelism(50);
        names.forEach(name -> queue.source.stumbling(name, trouble()));
        queue.source.list(names);
        queue.start(settings -> settings.once(false).parallelism(50).batchItems(3));
        queue.work(120, queue.world.kubelet::succeedAll);
        queue.source.list(List.of());
        queue.poll();
        for (int i = 0; i < 10; i++) {
            queue.pass(30);
        }

        assertThat(told).isEmpty();
        assertThat(queue.world.store.records()).anyMatch(BatchRecord::merged);
        assertThat(queue.world.store.records().stream()
                        .mapToInt(record -> record.entries().size())
                        .sum())
                .isEqualTo(1000);
    }

    @Test
    void whatAnEarlierManagerToldIsToldOnceMoreSoThatItCanBeForgotten() throws Exception {
        anEndlessStreamDoesNotGrowTheRecordsAndTheCountsStayTrue();
        int known = entries();
        assertThat(known).isGreaterThanOrEqualTo(300);
        queue.start(settings -> settings.once(false).parallelism(50).batchItems(3));
        queue.source.list(IntStream.range(0, 400).mapToObj(i -> "another " + i).toList());
        queue.poll();
        queue.work(60, queue.world.kubelet::succeedAll);
        queue.poll();
        queue.pass(60);

        assertThat(entries()).isLessThan(known + 400);
        assertThat(queue.count(ItemState.SUCCEEDED)).isEqualTo(12 * 200 - (12 * 200 - known) + 400);
    }

    private int entries() {
        return queue.world.store.records().stream()
                .mapToInt(record -> record.entries().size())
                .sum();
    }
}
