package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.NOW;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.disrupted;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.failed;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.gone;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutcomePolicyTest {

    private static Given batch(int items, PodView... pods) {
        Given given = new Given().batch(live(1, items), job(1), pods);
        given.spec.logs(false);
        return given;
    }

    private static Map<Integer, Outcome> written(Given given) {
        List<Action.WriteOutcomes> writes = given.actions(Action.WriteOutcomes.class);
        assertThat(writes).hasSizeLessThan(2);
        return writes.isEmpty() ? Map.of() : writes.get(0).outcomes();
    }

    @Test
    void outcomesAreWrittenInOneWriteWhenEveryItemHasItsOwn() {
        assertThat(written(batch(2, succeeded(1, 0, 0), running(1, 1, 0)))).isEmpty();
        assertThat(written(batch(2, succeeded(1, 0, 0), succeeded(1, 1, 0)))).containsOnlyKeys(0, 1);
    }

    @Test
    void aFailedItemIsWrittenOnlyWithTheEndOfItsLog() {
        Given given = batch(1, failed(1, 0, 0));
        assertThat(written(given)).isEmpty();
        assertThat(given.actions(Action.KeepLog.class))
                .extracting(Action.KeepLog::item)
                .containsExactly("item 1.0");

        given.logs.put("1-0-0", "the tail");
        assertThat(written(given).get(0).logTail()).isEqualTo("the tail");
        assertThat(given.actions(Action.KeepLog.class)).isEmpty();
    }

    @Test
    void theLogOfEveryAttemptIsTakenInHand() {
        Given given = batch(1, failed(1, 0, 0), failed(1, 0, 1));
        given.spec.retries(1);

        assertThat(given.actions(Action.KeepLog.class))
                .extracting(keep -> keep.pod().attempt())
                .containsExactly(0, 1);
    }

    @Test
    void aPodThatIsGoneHasNoLogToWaitFor() {
        Given given = batch(1, gone(1, 0, 0));
        given.spec.disruptionRetries(0);

        assertThat(written(given)).containsOnlyKeys(0);
    }

    @Test
    void logsOfSucceededItemsAreWaitedForOnlyWhereTheyAreKept() {
        Given given = batch(1, succeeded(1, 0, 0));
        assertThat(written(given)).containsOnlyKeys(0);

        given.spec.logs(true);
        assertThat(written(given)).isEmpty();
        given.logs.put("1-0-0", "the tail");
        assertThat(written(given).get(0).logTail())
                .as("a record keeps logs of failed items only")
                .isEmpty();
    }

    @Test
    void behindAStragglerAFailedItemIsWrittenSoonSoThatItsRetryCanBeAskedFor() {
        Given given = new Given()
                .seen(NOW.minus(OutcomePolicy.SOON))
                .batch(live(1, 2), job(1), failed(1, 0, 0), running(1, 1, 0));
        given.logs.put("1-0-0", "");
        assertThat(written(given)).containsOnlyKeys(0);

        given.now = NOW.minusSeconds(1);
        assertThat(written(given)).isEmpty();
        assertThat(given.decide().wake()).isEqualTo(NOW);
    }

    @Test
    void endedPodsThatPileUpBehindAStragglerAreWritten() {
        PodView[] pods = Stream.concat(
                        IntStream.rangeClosed(0, 200).mapToObj(i -> succeeded(1, i, 0)), Stream.of(running(1, 201, 0)))
                .toArray(PodView[]::new);
        Given given = batch(202, pods);
        given.spec.parallelism(202);
        assertThat(written(given)).isEmpty();

        given.spec.parallelism(10);
        assertThat(written(given)).hasSize(201).doesNotContainKey(201);
    }

    private static Map<Integer, Attempts> counted(Given given) {
        return given.actions(Action.WriteOutcomes.class).stream()
                .findFirst()
                .map(Action.WriteOutcomes::counted)
                .orElse(Map.of());
    }

    private static Given goesOn(PodView... pods) {
        Given given = batch(2, pods);
        given.spec.retries(1);
        return given;
    }

    @Test
    void anAttemptThatIsOverIsCountedOnceSomebodyWantsItsPodGone() {
        PodView failed = failed(1, 0, 0);
        Given kept = goesOn(failed);
        kept.logs.put("1-0-0", "");
        assertThat(counted(kept)).isEmpty();

        Given leaving = goesOn(FakePods.leaving(failed));
        assertThat(counted(leaving)).as("its log first").isEmpty();
        assertThat(leaving.actions(Action.KeepLog.class)).hasSize(1);
        leaving.logs.put("1-0-0", "");
        assertThat(counted(leaving)).isEqualTo(Map.of(0, new Attempts(1, 0, 0, 1, "ExitCode (exit code 3)")));
        assertThat(leaving.actions(Action.Release.class)).isEmpty();

        Given running = goesOn(FakePods.leaving(running(1, 0, 0)));
        assertThat(counted(running)).as("it may still succeed").isEmpty();
    }

    @Test
    void anEarlierAttemptIsCountedThoughTheNextOneRuns() {
        Given given = goesOn(FakePods.leaving(disrupted(1, 0, 0)), running(1, 0, 1));
        given.logs.put("1-0-0", "");

        assertThat(counted(given)).containsOnlyKeys(0);
    }

    @Test
    void aPodIsLetGoWhenItsAttemptIsCounted() {
        BatchRecord record = live(1, 2).withAttempts(Map.of(0, Attempts.NONE.failed(0, "ExitCode")));
        Given given =
                new Given().batch(record, job(1), FakePods.leaving(failed(1, 0, 0)), running(1, 0, 1), failed(1, 1, 0));
        given.spec.retries(1);

        assertThat(given.actions(Action.Release.class))
                .flatExtracting(Action.Release::pods)
                .extracting(PodView::name)
                .containsExactly("1-0-0");
        assertThat(given.actions(Action.WriteOutcomes.class)).isEmpty();
    }

    /** Its creation came late, when another pod of that name had come and gone. */
    @Test
    void aSuccessIsWrittenBeforeItsPodIsLetGoThoughAnAttemptOfItsNumberIsCounted() {
        BatchRecord record = live(1, 2).withAttempts(Map.of(0, Attempts.NONE.failed(0, "ExitCode")));
        Given given = new Given().batch(record, job(1), FakePods.leaving(succeeded(1, 0, 0)), running(1, 1, 0));

        assertThat(given.actions(Action.Release.class)).isEmpty();
        assertThat(given.actions(Action.KeepLog.class))
                .as("it is to be written")
                .hasSize(1);
    }

    @Test
    void anOutcomeIsWrittenAtOnceWhereSomebodyWantsItsPodGone() {
        assertThat(written(batch(2, FakePods.leaving(succeeded(1, 0, 0)), running(1, 1, 0))))
                .containsOnlyKeys(0);
    }

    @Test
    void anAttemptWhosePodIsGoneIsCountedBeforeTheNextBegins() {
        Given given = goesOn(gone(1, 0, 0));
        given.spec.disruptionRetries(1);

        assertThat(counted(given)).containsOnlyKeys(0);
        assertThat(given.actions(Action.StartPod.class))
                .extracting(Action.StartPod::index)
                .containsExactly(1);

        BatchRecord record = live(1, 1).withAttempts(Map.of(0, Attempts.NONE.disrupted(0, "Deleted")));
        assertThat(new Given().batch(record, job(1)).actions(Action.StartPod.class))
                .extracting(Action.StartPod::attempt)
                .containsExactly(1);
    }

    @Test
    void podsOfRecordedItemsAreLetGoWhileTheirBatchIsLiveAndNoOthers() {
        BatchRecord record = live(1, 3).withOutcomes(Map.of(0, Given.outcome(ItemState.SUCCEEDED)));
        Given given = new Given().batch(record, job(1), succeeded(1, 0, 0), running(1, 1, 0), succeeded(1, 2, 0));

        assertThat(given.actions(Action.Release.class))
                .flatExtracting(Action.Release::pods)
                .extracting(PodView::name)
                .containsExactly("1-0-0");
        assertThat(given.actions(Action.Finish.class)).isEmpty();
    }

    @Test
    void aBatchIsClearedAwayOnlyOnceItsRecordHasEveryOutcome() {
        Given unwritten = batch(2, succeeded(1, 0, 0), succeeded(1, 1, 0));
        assertThat(unwritten.actions(Action.Finish.class)).isEmpty();
        assertThat(unwritten.actions(Action.Release.class)).isEmpty();

        Given written = new Given().batch(Given.ended(1, 2), job(1), succeeded(1, 0, 0), succeeded(1, 1, 0));
        assertThat(written.actions()).hasOnlyElementsOfType(Action.Finish.class).hasSize(1);
    }

    @Test
    void aDisruptedItemThatWillBeTriedAgainIsNotWritten() {
        assertThat(written(batch(2, disrupted(1, 0, 0), succeeded(1, 1, 0)))).isEmpty();
    }
}
