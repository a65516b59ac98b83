package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.ended;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergePolicyTest {
    private static final int MANY = MergePolicy.MANY;

    /** Ended records of these numbers, and one more, since the newest is never merged. */
    private static Given records(int from, int to) {
        Given given = new Given();
        IntStream.rangeClosed(from, to + 1).forEach(number -> given.records.add(ended(number, 2)));
        return given;
    }

    private static Action.Merge merge(Given given) {
        List<Action.Merge> merges = given.actions(Action.Merge.class);
        assertThat(merges).hasSize(1);
        return merges.get(0);
    }

    private static BatchRecord at(BatchRecord record, Instant created) {
        return new BatchRecord(record.number(), record.merged(), created, record.entries(), record.version());
    }

    @Test
    void manyOldRecordsAreMergedIntoOneThatKeepsEveryItem() {
        Action.Merge merge = merge(records(1, MANY));

        assertThat(merge.replaced()).hasSize(MANY).noneMatch(record -> record.number() == MANY + 1);
        assertThat(merge.merged().number()).isEqualTo(MANY);
        assertThat(merge.merged().merged()).isTrue();
        assertThat(merge.merged().entries()).hasSize(2 * MANY).allSatisfy(entry -> {
            assertThat(entry.outcome().message() + entry.outcome().result()).isEqualTo("a sentenceresult");
            assertThat(entry.outcome().reason()).isEqualTo("Why");
            assertThat(entry.outcome().attempts()).isEqualTo(1);
            assertThat(entry.outcome().ended()).isNotNull();
        });
    }

    @Test
    void fewRecordsAreLeftAsTheyAre() {
        assertThat(records(1, MANY - 1).actions(Action.Merge.class)).isEmpty();
    }

    /** Ended records with the end of a log, and one more. */
    private static Given rich(int records) {
        Given given = new Given();
        IntStream.rangeClosed(1, records + 1).forEach(number -> given.records.add(Given.withLog(number)));
        return given;
    }

    @Test
    void whatWouldLoseSomethingIsKeptAsLongAsItIsAmongTheLastOnes() {
        assertThat(rich(MergePolicy.KEPT + MANY - 1).actions(Action.Merge.class))
                .isEmpty();

        Action.Merge merge = merge(rich(MergePolicy.KEPT + MANY));
        assertThat(merge.replaced()).extracting(BatchRecord::number).containsExactlyElementsOf(numbers(1, MANY));
        assertThat(merge.merged().entries())
                .allMatch(entry -> entry.outcome().logTail().isEmpty());
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void theEmptyRecordOfANumberThatWasNotUsedIsNeverMerged() {
        Given given = records(1, MANY);
        given.records.set(4, new BatchRecord(5, false, Given.LONG_AGO, List.of(), "1"));
        assertThat(given.actions(Action.Merge.class)).isEmpty();

        given.records.add(ended(MANY + 2, 1));
        assertThat(merge(given).replaced())
                .hasSize(MANY)
                .extracting(BatchRecord::number)
                .doesNotContain(5);
    }

    @Test
    void whatWasToBeRetriedIsMergedOnceALaterBatchHasDoneIt() {
        Given given = records(1, MANY);
        BatchRecord asked = failed(3).withRetries(entry -> true);
        given.records.set(2, asked);
        assertThat(given.actions(Action.Merge.class)).isEmpty();

        given.records.add(again(asked, MANY + 2));
        Action.Merge merge = merge(given);
        assertThat(merge.replaced()).contains(asked);
        assertThat(merge.merged().isToBeRetried()).isFalse();
    }

    private static BatchRecord again(BatchRecord asked, int number) {
        Entry entry = asked.entries().get(0);
        return new BatchRecord(
                number,
                false,
                Given.LONG_AGO,
                List.of(new Entry(number, 0, "run", entry.name(), Given.LONG_AGO, null)),
                "1");
    }

    @Test
    void whatIsLiveOrNotClearedAwayOrToBeRetriedIsNotMerged() {
        Given given = records(1, MANY + 2);
        given.records.set(0, Given.live(1, 2));
        given.batch(ended(1000, 1), job(1000));
        given.records.add(ended(1001, 1));
        BatchRecord retried = failed(3).withRetries(entry -> true);
        given.records.set(2, retried);

        assertThat(merge(given).replaced()).extracting(BatchRecord::number).doesNotContain(1, 3, 1000, 1001);
    }

    private static BatchRecord failed(int number) {
        return Given.live(number, 1).withOutcomes(Map.of(0, Given.outcome(ItemState.FAILED)));
    }

    @Test
    void aMergeThatWasBrokenOffIsFinishedAndTheMergedRecordStays() {
        Given given = records(1, MANY);
        BatchRecord merged = at(merge(given).merged(), Given.LONG_AGO);
        given.records.removeIf(record -> record.number() < 20);
        given.records.add(merged);

        Action.Merge rest = merge(given);

        assertThat(rest.merged()).isEqualTo(merged);
        assertThat(rest.replaced()).hasSize(MANY - 19).doesNotContain(merged);
    }

    @Test
    void aMergedRecordNeverReplacesItself() {
        Given given = records(1, MANY);
        BatchRecord last = new BatchRecord(
                MANY + 1, true, Given.LONG_AGO, ended(MANY + 1, 1).entries(), "1");
        given.records.set(MANY, last);
        given.records.add(ended(MANY + 2, 1));

        Action.Merge merge = merge(given);

        assertThat(merge.merged().number()).isEqualTo(MANY);
        assertThat(merge.replaced()).doesNotContain(last);
    }

    @Test
    void oldMergedRecordsAreMergedAgainUpToWhatAnObjectHolds() {
        Given given = new Given();
        given.records.add(merged(1000, 4000));
        IntStream.rangeClosed(1001, 1000 + MANY + 1).forEach(number -> given.records.add(ended(number, 100)));

        Action.Merge merge = merge(given);

        assertThat(merge.merged().entries()).hasSize(5000);
        assertThat(merge.replaced().get(0).merged()).isTrue();
    }

    @Test
    void aFullMergedRecordIsLeftAsItIs() {
        Given given = new Given();
        given.records.add(merged(1000, 5000));
        IntStream.rangeClosed(1001, 1000 + MANY + 1).forEach(number -> given.records.add(ended(number, 10)));

        assertThat(merge(given).replaced()).hasSize(MANY).noneMatch(BatchRecord::merged);
    }

    private static BatchRecord merged(int number, int entries) {
        List<Entry> all = ended(number, entries).entries();
        return new BatchRecord(number, true, Given.LONG_AGO, all, "1");
    }
}
