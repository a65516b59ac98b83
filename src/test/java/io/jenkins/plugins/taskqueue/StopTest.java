package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What becomes of a queue when its build is stopped. */
@WithJenkins
class StopTest {
    private static final String TWO = "taskQueue image: 'acme/a:1', items: ['a', 'b', 'c'], parallelism: 2";
    private static Pipelines pipelines;

    private final FakeClusters fakes = FakeClusters.use().workers(Workers.RUN_ON);

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        pipelines = new Pipelines(rule);
    }

    @AfterEach
    void tearDown() throws Exception {
        // Where the time was out before the queue was reached, it is left to a sweep, which is not the next test's.
        for (OpenQueues.Entry left : OpenQueues.get().entries(entry -> true)) {
            OpenQueues.get().remove(left.id());
        }
        fakes.close();
    }

    @Test
    void anAbortStopsWhatRunsAndLeavesNothing() throws Exception {
        WorkflowRun run = pipelines.started(fakes, TWO, "a", "b");

        run.getExecutor().interrupt();

        pipelines.ended(Result.ABORTED, run);
        assertThat(fakes.queue(run).isDeleted()).isTrue();
        assertThat(TaskQueueAction.of(run).queue("1").status().phase()).isEqualTo(Status.Phase.CANCELLED);
        assertThat(OpenQueues.get().entries(entry -> true)).isEmpty();
        pipelines.jenkins().assertLogContains("CANCELLED after", run);
    }

    @Test
    void aSecondAbortEndsTheBuildAtOnceAndTheRestIsRemovedLater() throws Exception {
        WorkflowRun run = pipelines.started(fakes, TWO, "a", "b");
        fakes.queue(run).stubborn(true);
        run.getExecutor().interrupt();
        BuildQueue queue = TaskQueueAction.of(run).queue("1");
        Pipelines.await(() -> queue.status().phase() == Status.Phase.CANCELLING);
        assertThat(run.isBuilding()).isTrue();

        run.getExecutor().interrupt();

        pipelines.ended(Result.ABORTED, run);
        assertThat(fakes.queue(run).running()).containsExactly("a", "b");
        fakes.queue(run).stubborn(false);
        Pipelines.await(() -> !queue.isLive());
        assertThat(fakes.queue(run).isDeleted()).isTrue();
    }

    @Test
    void aTimeoutAroundItStopsIt() throws Exception {
        WorkflowRun run =
                pipelines.run(Result.ABORTED, "timeout(time: 3, unit: 'SECONDS') {\n" + TWO + "\n}\necho 'not here'");

        pipelines.jenkins().assertLogNotContains("not here", run);
        assertThat(fakes.queue(run).isDeleted()).isTrue();
    }

    @Test
    void anAbortOfAQueueThatWasNotReachedEndsAtOnceAndIsSwept() throws Exception {
        fakes.reachable(false);
        WorkflowRun run = pipelines.job(TWO).scheduleBuild2(0).waitForStart();
        pipelines.jenkins().waitForMessage("is out of reach", run);

        run.getExecutor().interrupt();

        pipelines.ended(Result.ABORTED, run);
        assertThat(OpenQueues.get().entries(OpenQueues.Entry::isAbandoned)).hasSize(1);
        fakes.reachable(true);
        OrphanSweep.soon();
        Pipelines.await(() -> OpenQueues.get().entries(entry -> true).isEmpty());
    }

    @Test
    void aPersonsCancelOfTheQueueAbortsTheBuild() throws Exception {
        WorkflowRun run = pipelines.started(fakes, TWO, "a", "b");

        TaskQueueAction.of(run).queue("1").cancel();

        pipelines.ended(Result.ABORTED, run);
        assertThat(fakes.queue(run).isDeleted()).isTrue();
    }

    @Test
    void anAbortOfAFreestyleBuildLeavesNothing() throws Exception {
        FreeStyleProject job = pipelines.jenkins().createFreeStyleProject();
        TaskQueueStep step = Pipelines.step("acme/a:1");
        step.setItems(List.of("a"));
        job.getBuildersList().add(new TaskQueueBuilder(step));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        Pipelines.await(() -> TaskQueueAction.of(build) != null
                && fakes.queue(build).running().equals(List.of("a")));

        build.getExecutor().interrupt();

        pipelines
                .jenkins()
                .assertBuildStatus(Result.ABORTED, pipelines.jenkins().waitForCompletion(build));
        assertThat(fakes.queue(build).isDeleted()).isTrue();
    }

    @Test
    void aDeletedJobTakesItsObjectsAlong() throws Exception {
        WorkflowRun run = pipelines.started(fakes, TWO, "a", "b");
        LiveFake queue = fakes.queue(run);

        run.getParent().delete();

        Pipelines.await(queue::isDeleted);
        Pipelines.await(() -> OpenQueues.get().entries(entry -> true).isEmpty());
    }

    @Test
    void ofANamedQueueASweepStopsWhatRunsAndKeepsWhatIsDone() throws Exception {
        fakes.workers((item, pod, now) -> item.equals("a") ? Workers.SUCCEED.work(item, pod, now) : pod);
        WorkflowRun run = pipelines
                .job("taskQueue image: 'acme/a:1', items: ['a', 'b'], queue: 'kept', batch: 1")
                .scheduleBuild2(0)
                .waitForStart();
        LiveFake queue = fakes.queue("kept");
        Pipelines.await(() -> queue.running().equals(List.of("b")));
        BuildQueue begun = TaskQueueAction.of(run).queue("1");
        BuildQueues.get().drop(begun);
        OpenQueues.get().abandon(begun);

        OrphanSweep.soon();

        Pipelines.await(() -> OpenQueues.get().entries(entry -> true).isEmpty());
        assertThat(queue.isClear()).isTrue();
        assertThat(queue.successes()).containsOnlyKeys("a");
        run.getExecutor().interrupt();
        pipelines.ended(Result.ABORTED, run);
    }

    @Test
    void aDeletedBuildTakesItsObjectsAlong() throws Exception {
        WorkflowRun run = pipelines.started(fakes, TWO, "a", "b");
        LiveFake queue = fakes.queue(run);
        queue.stubborn(true);
        run.getExecutor().interrupt();
        BuildQueue begun = TaskQueueAction.of(run).queue("1");
        Pipelines.await(() -> begun.status().phase() == Status.Phase.CANCELLING);
        run.getExecutor().interrupt();
        pipelines.ended(Result.ABORTED, run);

        run.delete();

        Pipelines.await(queue::isDeleted);
        Pipelines.await(() -> OpenQueues.get().entries(entry -> true).isEmpty());
        assertThat(run.getRootDir()).doesNotExist();
    }
}
