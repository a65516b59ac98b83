package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StraysTest {
    private static final Observed.Run RUN = new Observed.Run("run", false, false, 2, true);

    private static Strays strays(Observed.Others others, PodView... podsOfBatch2) {
        return Strays.of(new Observed(
                RUN, List.of(live(1, 1)), Map.of(1, job(1), 2, job(2)), Map.of(2, List.of(podsOfBatch2)), others));
    }

    private static List<Action.Sweep> sweeps(Strays strays) {
        Given given = new Given();
        given.strays = strays;
        return given.actions(Action.Sweep.class);
    }

    @Test
    void whatNoRecordTellsOfIsSwept() {
        assertThat(sweeps(strays(Observed.Others.NONE, running(2, 0, 0))))
                .containsExactly(new Action.Sweep(Set.of(2), List.of(running(2, 0, 0))));
    }

    @Test
    void whatARecordTellsOfIsNot() {
        Strays strays = Strays.of(new Observed(
                RUN,
                List.of(live(1, 2)),
                Map.of(1, job(1)),
                Map.of(1, List.of(running(1, 1, 0))),
                Observed.Others.NONE));

        assertThat(strays.isEmpty()).isTrue();
        assertThat(sweeps(strays)).isEmpty();
    }

    /** Another manager has claimed it since this one saw the owner; its record is on its way to be seen. */
    @Test
    void whatIsOfABatchThatWasClaimedLaterIsLeftAlone() {
        Strays strays = Strays.of(new Observed(
                RUN, List.of(), Map.of(3, job(3)), Map.of(3, List.of(running(3, 0, 0))), Observed.Others.NONE));

        assertThat(strays.isEmpty()).isTrue();
    }

    /** The owner says that its number was taken; the record, which came after that, is not seen yet. */
    @Test
    void whatIsOfTheLastBatchIsLeftAloneWhileItsRecordMayBeOnItsWay() {
        Observed.Run unsettled = new Observed.Run("run", false, false, 2, false);
        Strays strays = Strays.of(new Observed(
                unsettled,
                List.of(live(1, 1)),
                Map.of(2, job(2)),
                Map.of(2, List.of(running(2, 0, 0))),
                Observed.Others.NONE));

        assertThat(strays.isEmpty()).isTrue();
    }

    @Test
    void aPodWhoseItemItsRecordDoesNotHaveIsSwept() {
        Observed observed = new Observed(
                RUN, List.of(live(1, 1)), Map.of(), Map.of(1, List.of(running(1, 1, 0))), Observed.Others.NONE);

        assertThat(Strays.of(observed).pods()).hasSize(1);
    }

    @Test
    void whatAnEarlierQueueLeftIsSwept() {
        Strays left = Strays.of(
                new Observed(RUN, List.of(), Map.of(), Map.of(), new Observed.Others(true, "There is something.", "")));

        assertThat(sweeps(left)).hasSize(1);
    }

    @Test
    void nothingIsStartedBeforePodsOfUnknownItemsHaveEnded() {
        Given given = new Given().pending(3);
        given.strays = strays(Observed.Others.NONE, running(2, 0, 0));
        assertThat(given.actions(Action.Claim.class)).isEmpty();
        assertThat(given.decide().sentence()).contains("until the pod 2-0-0 has ended");

        given.strays = strays(Observed.Others.NONE, succeeded(2, 0, 0));
        assertThat(given.actions(Action.Claim.class)).hasSize(1);
    }

    @Test
    void whoeverLooksOnSweepsNothing() {
        Given given = new Given();
        given.acts = false;
        given.strays = strays(Observed.Others.NONE, running(2, 0, 0));

        assertThat(given.actions()).isEmpty();
    }
}
