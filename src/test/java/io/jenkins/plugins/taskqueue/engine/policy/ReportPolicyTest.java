package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.NOW;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.succeeded;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportPolicyTest {

    private static List<Action.Report> reports(Given given) {
        return given.actions(Action.Report.class);
    }

    /** The same queue, after that report was made. */
    private static void told(Given given, Action.Report report) {
        given.reports.put(1, new Underway.Report(NOW, report.digest()));
    }

    @Test
    void aJobThatIsSuspendedOrNotAnyMoreIsAnotherStatus() {
        Given plain = new Given().batch(live(1, 1), job(1));
        Given suspended = new Given().batch(live(1, 1), suspended(1));

        assertThat(plain.actions(Action.Report.class).get(0).digest())
                .isNotEqualTo(suspended.actions(Action.Report.class).get(0).digest());
    }

    @Test
    void theStatusOfALongBatchIsWrittenWhenItChangedAtMostEveryTenSeconds() {
        Given given = new Given().batch(live(1, 2), job(1), running(1, 0, 0), running(1, 1, 0));
        told(given, reports(given).get(0));
        assertThat(reports(given)).as("nothing changed").isEmpty();

        Given changed = new Given().batch(live(1, 2), job(1), succeeded(1, 0, 0), running(1, 1, 0));
        changed.reports.putAll(given.reports);
        assertThat(reports(changed)).as("too soon").isEmpty();
        assertThat(changed.decide().wake()).isEqualTo(NOW.plus(ReportPolicy.INTERVAL));

        changed.now = NOW.plus(ReportPolicy.INTERVAL);
        assertThat(reports(changed)).hasSize(1);
    }

    @Test
    void everyStepOfAnItemIsAnotherStatus() {
        BatchRecord written = live(1, 2).withOutcomes(Map.of(0, Given.outcome(ItemState.SUCCEEDED)));
        PodView straggler = running(1, 1, 0);

        assertThat(List.of(
                        digest(new Given().batch(live(1, 2), job(1), straggler)),
                        digest(new Given().batch(live(1, 2), job(1), straggler, Given.pending(1, 0, 0))),
                        digest(new Given().batch(live(1, 2), job(1), straggler, running(1, 0, 0))),
                        digest(new Given().batch(live(1, 2), job(1), straggler, succeeded(1, 0, 0))),
                        digest(new Given().batch(written, job(1), straggler))))
                .doesNotHaveDuplicates();
    }

    private static String digest(Given given) {
        return reports(given).get(0).digest();
    }

    @Test
    void aBatchThatLastsLessThanTenSecondsIsReportedOnlyAtItsEnd() {
        Given young = new Given().seen(NOW.minusSeconds(9)).batch(live(1, 1), job(1), running(1, 0, 0));

        assertThat(reports(young)).isEmpty();
        assertThat(young.decide().wake()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void theEndIsAMatterOfClearingAway() {
        assertThat(reports(new Given().batch(live(1, 1), job(1), succeeded(1, 0, 0))))
                .isEmpty();
        assertThat(reports(new Given().batch(Given.ended(1, 1), job(1), succeeded(1, 0, 0))))
                .isEmpty();
    }

    @Test
    void withoutAJobThereIsNothingToReportTo() {
        assertThat(reports(new Given().batch(live(1, 1), null, running(1, 0, 0))))
                .isEmpty();
    }
}
