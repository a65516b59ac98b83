package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.ended;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForgetPolicyTest {
    private static Given given(String... forgotten) {
        Given given = new Given();
        given.told = new Situation.Told(List.of(), Set.of(forgotten));
        return given;
    }

    private static BatchRecord merged(BatchRecord record) {
        return new BatchRecord(record.number(), true, record.created(), record.entries(), "1");
    }

    @Test
    void aMergedRecordForgetsWhatTheSourceHasForgotten() {
        Given given = given("item 5.0", "item 5.2", "elsewhere");
        given.records.add(merged(ended(5, 3)));

        assertThat(given.actions(Action.Forget.class)).singleElement().satisfies(forget -> {
            assertThat(forget.items()).containsExactlyInAnyOrder("item 5.0", "item 5.2");
            assertThat(forget.record().without(forget.items()).entries())
                    .extracting(entry -> entry.name())
                    .containsExactly("item 5.1");
        });
    }

    @Test
    void aRecordThatIsNotMergedKeepsEverything() {
        Given given = given("item 5.0");
        given.records.add(ended(5, 3));

        assertThat(given.actions()).isEmpty();
    }

    @Test
    void nothingIsTakenFromARecordWhileWhatWasMergedIntoItIsThere() {
        Given given = given("item 5.0");
        given.records.add(ended(5, 3));
        given.records.add(merged(ended(5, 3)));
        given.records.add(ended(6, 1));

        assertThat(given.actions(Action.Forget.class)).isEmpty();
        assertThat(given.actions(Action.Merge.class)).as("is finished first").hasSize(1);
    }

    @Test
    void whatAPersonWantsDoneAgainIsKept() {
        Given given = given("item 5.0");
        BatchRecord failed = live(5, 1).withOutcomes(Map.of(0, Given.outcome(ItemState.FAILED)));
        given.records.add(merged(failed.withRetries(entry -> true)));

        assertThat(given.actions(Action.Forget.class)).isEmpty();
    }
}
