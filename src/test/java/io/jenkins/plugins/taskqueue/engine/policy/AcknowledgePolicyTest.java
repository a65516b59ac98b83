package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Untold;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AcknowledgePolicyTest {
    private static Given untold(int items) {
        Given given = new Given();
        given.told = told(IntStream.range(0, items).mapToObj(i -> "item " + i).toList());
        return given;
    }

    private static Situation.Told told(List<String> names) {
        List<Untold> untold = names.stream()
                .map(name -> new Untold(name, Given.outcome(ItemState.SUCCEEDED)))
                .toList();
        return new Situation.Told(untold, Set.of());
    }

    private static List<String> names(Given given) {
        return given.actions(Action.Tell.class).stream()
                .flatMap(tell -> tell.items().stream())
                .map(Untold::name)
                .toList();
    }

    @Test
    void everythingThatIsOwedIsToldOnceInAsManyCallsAsThereAreLanes() {
        Given given = untold(60);

        assertThat(names(given)).hasSize(60).doesNotHaveDuplicates();
        assertThat(given.actions(Action.Tell.class))
                .hasSize(AcknowledgePolicy.LANES)
                .extracting(Action.Tell::key)
                .doesNotHaveDuplicates();
    }

    @Test
    void aLaneThatIsBeingToldIsLeftAlone() {
        Given given = untold(60);
        int all = names(given).size();
        given.running.add(Action.Tell.key(2));

        assertThat(given.actions(Action.Tell.class))
                .extracting(Action.Tell::lane)
                .containsExactly(0, 1, 3);
        assertThat(names(given)).hasSizeLessThan(all);
    }

    @Test
    void aLaneThatTheSourceDidNotAnswerWaits() {
        Given given = untold(60);
        given.held.put(Action.Tell.key(1), new Underway.Hold(NOW.plusSeconds(7), "SourceUnavailable", "It is down."));

        assertThat(given.actions(Action.Tell.class))
                .extracting(Action.Tell::lane)
                .containsExactly(0, 2, 3);
        assertThat(given.decide().wake()).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void oneCallTellsABoundedNumber() {
        assertThat(untold(1000).actions(Action.Tell.class))
                .allSatisfy(tell -> assertThat(tell.items()).hasSize(AcknowledgePolicy.MOST_IN_LANE));
    }

    @Test
    void whoeverLooksOnTellsNothing() {
        Given given = untold(3);
        given.acts = false;

        assertThat(given.actions()).isEmpty();
    }

    @Test
    void anItemWhosePodMayStillSucceedIsNotToldYet() {
        Given given = new Given();
        given.batch(
                Given.live(7, 2).withOutcomes(Map.of(0, Given.outcome(ItemState.FAILED))),
                Given.job(7),
                Given.running(7, 0, 0),
                Given.running(7, 1, 0));
        given.told = told(List.of("item 7.0", "another"));

        assertThat(names(given)).containsExactly("another");
    }
}
