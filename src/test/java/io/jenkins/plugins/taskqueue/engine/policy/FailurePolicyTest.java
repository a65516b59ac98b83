package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.failed;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.FailureLimit;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.policy.Progress.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailurePolicyTest {

    @ParameterizedTest
    @CsvSource({
        "none, 100, 100, false",
        "0, 0, 100, false",
        "0, 1, 100, true",
        "3, 3, 100, false",
        "3, 4, 100, true",
        "5%, 5, 100, false",
        "5%, 6, 100, true",
        "0%, 1, 100, true",
        "100%, 100, 100, false",
        "5%, 1, 0, false"
    })
    void theRunStopsWhenMoreItemsFailedThanTheLimit(String limit, int failed, int listed, boolean stops) {
        Stop stop = FailurePolicy.check(FailureLimit.parse(limit), failed, listed);

        assertThat(stop.isStopped()).isEqualTo(stops);
    }

    @Test
    void theSentenceSaysHowManyFailedAndWhichLimitThatIs() {
        assertThat(FailurePolicy.check(FailureLimit.parse("3"), 4, 10).sentence())
                .contains("4 of 10", "limit of 3");
        assertThat(FailurePolicy.check(FailureLimit.FAIL_FAST, 1, 10).sentence())
                .contains("the limit of failures is 0");
    }

    @Test
    void failuresOfLiveBatchesCountBesideThoseInRecords() {
        Given given = new Given().batch(live(1, 3), job(1), failed(1, 0, 0), succeeded(1, 1, 0), running(1, 2, 0));
        given.spec.failures(FailureLimit.parse("2"));

        given.failed = 1;
        assertThat(given.decide().stop().isStopped()).isFalse();
        given.failed = 2;
        assertThat(given.decide().stop().reason()).isEqualTo("FailureLimit");
    }

    @Test
    void theRestIsCancelledAndNothingMoreStarts() {
        Given given = new Given()
                .batch(live(1, 3), job(1), failed(1, 0, 0), running(1, 1, 0))
                .pending(5);
        given.spec.failures(FailureLimit.FAIL_FAST).logs(false);
        given.logs.put("1-0-0", "tail");

        var items = given.decide().judged().get(0).items();

        assertThat(((Ended) items.get(0)).outcome().state()).isEqualTo(ItemState.FAILED);
        assertThat(((Ended) items.get(1)).outcome().state()).isEqualTo(ItemState.CANCELLED);
        assertThat(((Ended) items.get(2)).outcome().state()).isEqualTo(ItemState.CANCELLED);
        assertThat(given.actions()).hasOnlyElementsOfType(Action.WriteOutcomes.class);
    }
}
