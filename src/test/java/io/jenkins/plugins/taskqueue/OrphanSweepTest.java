package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.TaskListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What becomes of what a build left in a cluster that is configured no more. */
@WithJenkins
class OrphanSweepTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final FakeClusters fakes = FakeClusters.use().workers(Workers.RUN_ON);
    private final LogRecorder log =
            new LogRecorder().record(OrphanSweep.class, Level.WARNING).capture(10);
    private WorkflowRun run;

    @BeforeEach
    void leaveSomething(JenkinsRule jenkins) throws Exception {
        Pipelines pipelines = new Pipelines(jenkins);
        run = pipelines.started(fakes, "taskQueue image: 'acme/a:1', items: ['a']", "a");
        BuildQueue queue = TaskQueueAction.of(run).queue("1");
        BuildQueues.get().drop(queue);
        OpenQueues.get().abandon(queue);
        run.getExecutor().interrupt();
        pipelines.ended(Result.ABORTED, run);
        fakes.configured(false);
    }

    @AfterEach
    void tearDown() {
        log.close();
        fakes.close();
    }

    private static void sweep(Duration later) {
        ExtensionList.lookupSingleton(OrphanSweep.class).sweep(TaskListener.NULL, NOW.plus(later));
    }

    private static List<OpenQueues.Entry> open() {
        return OpenQueues.get().entries(entry -> true);
    }

    @Test
    void isToldOnceAndGivenUpAfterAWeek() {
        sweep(Duration.ZERO);
        sweep(OrphanSweep.GONE.minusMillis(1));

        assertThat(open()).hasSize(1);
        assertThat(log.getMessages())
                .singleElement()
                .asString()
                .contains(
                        "\"fake\" is not configured any more", "within 7 days", "kubectl -n fake delete configmap tq-");

        sweep(OrphanSweep.GONE);

        assertThat(open()).isEmpty();
        assertThat(log.getMessages()).hasSize(2);
        assertThat(fakes.queue(run).isDeleted()).isFalse();
        assertThat(TaskQueueAction.of(run).summary("1").getSentence()).contains("was not configured for 7 days");
    }

    @Test
    void isRemovedWhereTheClusterComesBack() {
        sweep(Duration.ZERO);
        fakes.configured(true);

        sweep(OrphanSweep.GONE);

        assertThat(open()).isEmpty();
        assertThat(fakes.queue(run).isDeleted()).isTrue();
    }

    @Test
    void theWeekBeginsAnewWhenTheClusterWasThereMeanwhile() {
        sweep(Duration.ZERO);
        fakes.configured(true).reachable(false);
        sweep(Duration.ofDays(6));
        fakes.configured(false);

        sweep(OrphanSweep.GONE);

        assertThat(open())
                .singleElement()
                .satisfies(entry -> assertThat(entry.goneSince()).contains(NOW.plus(OrphanSweep.GONE)));
    }
}
