package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.SettableClock;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Candidate;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ItemFetchTest {
    private final SettableClock clock = new SettableClock();
    private final Intake intake = new Intake();
    private final FakeSource source = FakeSource.of("a", "b");
    private final QueueSpec spec = QueueSpec.builder("q", WorkerSpec.worker("acme/worker:1"))
            .batchBytes(100)
            .itemBytes(50)
            .build();

    private List<Claim.Item> fetch(String... names) {
        return batches(spec, names).stream().flatMap(List::stream).toList();
    }

    private List<List<Claim.Item>> batches(QueueSpec spec, String... names) {
        Engine engine = new Engine(clock, clock.steady(), null, Runnable::run, Runnable::run, event -> {});
        List<Candidate> candidates =
                Stream.of(names).map(name -> new Candidate(name, Instant.EPOCH)).toList();
        return new ItemFetch(spec, source, intake, engine).batches(candidates);
    }

    private void listed(String... names) {
        intake.accept(Listing.of(names), clock.instant());
    }

    @Test
    void bringsTheDataOfEachItemInOrder() {
        source.data("a", "{\"n\":1}").data("b", "{\"n\":2}");

        assertThat(fetch("b", "a")).extracting(Claim.Item::data).containsExactly("{\"n\":2}", "{\"n\":1}");
    }

    @Test
    void aNameWithANulIsRefusedWithASentence() {
        Claim.Item item = fetch("a\0b").get(0);

        assertThat(item.outcome().state()).isEqualTo(ItemState.FAILED);
        assertThat(item.outcome().reason()).isEqualTo("InvalidName");
        assertThat(item.outcome().message()).contains("NUL", "rename it");
    }

    @Test
    void dataThatIsTooLargeFailsWithASentenceThatSaysWhatToDo() {
        source.data("a", "\"" + "é".repeat(25) + "\"");

        Claim.Item item = fetch("a").get(0);

        assertThat(item.data()).isNull();
        assertThat(item.outcome().reason()).isEqualTo("DataTooLarge");
        assertThat(item.outcome().message()).contains("52 bytes", "50", "hand over a reference");
    }

    @Test
    void whatDoesNotFitInABatchGoesInTheNext() {
        for (String item : List.of("a", "b", "c")) {
            source.data(item, "\"" + "x".repeat(40) + "\"");
        }

        assertThat(batches(spec, "a", "b", "c", "d"))
                .extracting(batch -> batch.stream().map(Claim.Item::name).toList())
                .containsExactly(List.of("a", "b"), List.of("c", "d"));
    }

    @Test
    void aBatchHasNoMoreItemsThanTheSettingSays() {
        QueueSpec single =
                QueueSpec.builder("q", spec.worker()).from(spec).batchItems(1).build();

        assertThat(batches(single, "a", "b", "c"))
                .extracting(batch -> batch.stream().map(Claim.Item::name).toList())
                .containsExactly(List.of("a"), List.of("b"), List.of("c"));
    }

    @Test
    void anItemThatIsUnknownWaitsForTheNextListingAndThenHasEmptyData() {
        listed("a");
        source.unknown("a");
        assertThat(fetch("a")).isEmpty();
        assertThat(intake.isReady("a", clock.steady().instant())).isFalse();

        listed("a");
        assertThat(intake.isReady("a", clock.steady().instant())).isTrue();
        assertThat(fetch("a")).extracting(Claim.Item::data).containsExactly("{}");
    }

    @Test
    void anItemThatIsUnknownAndListedNoMoreIsForgotten() {
        listed("a", "b");
        source.unknown("a");
        fetch("a");
        listed("b");
        listed("a", "b");

        assertThat(fetch("a")).as("its second life begins with a first 404").isEmpty();
    }

    @Test
    void dataThatCanNotBeHadIsAskedForAgainAndThenTheItemFails() {
        source.failing("a", SourceException.passing("http://s/items/a answered 503.", null));
        for (int tries = 1; tries < Intake.DATA_TRIES; tries++) {
            assertThat(fetch("a", "b")).extracting(Claim.Item::name).containsExactly("b");
            assertThat(intake.isReady("a", clock.steady().instant())).isFalse();
            assertThat(intake.nextReady(clock.steady().instant()))
                    .isAfter(clock.steady().instant());
            clock.advance(Duration.ofMinutes(2));
            assertThat(intake.isReady("a", clock.steady().instant())).isTrue();
            listed("a", "b");
        }

        Claim.Item item = fetch("a").get(0);
        assertThat(item.outcome().reason()).isEqualTo("NoData");
        assertThat(item.outcome().message()).isEqualTo("http://s/items/a answered 503.");
    }

    @Test
    void whatNoTryCanHelpFailsAtOnce() {
        source.failing("a", SourceException.permanent("refused"));

        assertThat(fetch("a").get(0).outcome().message()).isEqualTo("refused");
    }

    @Test
    void aDefectInASourceHoldsUpNoOtherItem() {
        source.beforeData("a", () -> {
            throw new IllegalStateException("a defect");
        });

        assertThat(fetch("a", "b")).extracting(Claim.Item::name).containsExactly("b");
        listed("a", "b");
        for (int i = 0; i < Intake.DATA_TRIES - 2; i++) {
            fetch("a");
            listed("a", "b");
        }
        clock.advance(Intake.DATA_PATIENCE);
        assertThat(fetch("a").get(0).outcome().message()).contains("Unexpected", "the fake source", "a defect");
    }
}
