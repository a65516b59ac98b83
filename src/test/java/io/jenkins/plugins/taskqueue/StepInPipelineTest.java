package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step among the others. */
@WithJenkins
class StepInPipelineTest {
    private static Pipelines pipelines;

    private final FakeClusters fakes = FakeClusters.use();

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        pipelines = new Pipelines(rule);
    }

    @AfterEach
    void tearDown() {
        fakes.close();
    }

    @Test
    void worksInDeclarativePipelineWithoutAnAgent() throws Exception {
        WorkflowRun run = pipelines.run(Result.SUCCESS, """
                pipeline {
                  agent none
                  stages { stage('all') { steps { taskQueue image: 'acme/a:1', items: ['a'], parallelism: 4 } } }
                }
                """);

        assertThat(fakes.queue(run).successes()).containsOnlyKeys("a");
    }

    @Test
    void retryRunsItAnewAndBothAreQueuesOfTheBuild() throws Exception {
        AtomicInteger done = new AtomicInteger();
        fakes.workers((item, pod, now) -> done.getAndIncrement() == 0
                ? Workers.failing("a").work(item, pod, now)
                : Workers.SUCCEED.work(item, pod, now));

        WorkflowRun run = pipelines.run(Result.SUCCESS, "retry(2) { taskQueue image: 'acme/a:1', items: ['a'] }");

        assertThat(TaskQueueAction.of(run).getSummaries())
                .extracting(QueueSummary::getResult)
                .containsExactly("FAILED", "SUCCEEDED");
        assertThat(TaskQueueAction.of(run).queues())
                .extracting(BuildQueue::getKey)
                .containsExactly("1", "2");
    }

    @Test
    void catchErrorGoesOn() throws Exception {
        fakes.workers(Workers.failing("a"));

        WorkflowRun run = pipelines.run(
                Result.UNSTABLE,
                "catchError(buildResult: 'UNSTABLE') { taskQueue image: 'acme/a:1', items: ['a'] }\necho 'went on'");

        pipelines.jenkins().assertLogContains("went on", run);
    }

    @Test
    void onFailureUnstableMarksTheBuildAndReturnsWhatFailed() throws Exception {
        fakes.workers(Workers.failing("a"));

        WorkflowRun run = pipelines.run(Result.UNSTABLE, """
                def r = taskQueue image: 'acme/a:1', items: ['a', 'b'], onFailure: 'UNSTABLE'
                echo "failed: ${r.failedItems}"
                """);

        pipelines.jenkins().assertLogContains("failed: [a]", run);
    }

    @Test
    void failuresThatAreToleratedMakeTheBuildUnstableWhereThatIsAskedFor() throws Exception {
        fakes.workers(Workers.failing("a"));
        String step = "def r = taskQueue image: 'acme/a:1', items: ['a', 'b'], maxFailures: 1";

        pipelines.run(Result.SUCCESS, step);
        WorkflowRun run = pipelines.run(
                Result.UNSTABLE, step + ", unstableIfTolerated: true\necho \"failed: ${r.failedItems}\"\n");
        pipelines.jenkins().assertLogContains("failed: [a]", run);

        fakes.workers(Workers.failing("nothing"));
        pipelines.run(Result.SUCCESS, step + ", unstableIfTolerated: true");
    }

    @Test
    void branchesInParallelHaveAQueueEach() throws Exception {
        WorkflowRun run = pipelines.run(Result.SUCCESS, """
                parallel one: { taskQueue image: 'acme/a:1', items: ['a', 'b'] },
                         two: { taskQueue image: 'acme/a:1', items: ['a', 'b'], parallelism: 2 }
                """);

        assertThat(TaskQueueAction.of(run).queues())
                .hasSize(2)
                .allSatisfy(queue -> assertThat(
                                fakes.queue(queue.getRequest().getQueueName()).successes())
                        .hasSize(2));
    }

    @Test
    void aNamedQueueDoesOverItsBuildsWhatIsNewAndSkipsTheRest() throws Exception {
        WorkflowJob job = pipelines.job("""
                def r = taskQueue image: 'acme/a:1', items: params.ITEMS.split(',').toList(), queue: 'nightly'
                echo "done ${r.succeeded} skipped ${r.skipped}"
                """);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("ITEMS", "")));
        fakes.workers(Workers.failing("b"));
        pipelines.ended(Result.FAILURE, job.scheduleBuild2(0, items("a,b")).get());
        fakes.workers(Workers.SUCCEED);

        WorkflowRun second = pipelines.ended(
                Result.SUCCESS, job.scheduleBuild2(0, items("a,b,c")).get());

        pipelines.jenkins().assertLogContains("done 2 skipped 1", second);
        assertThat(TaskQueueAction.of(second).queue("1").status().count(ItemState.SKIPPED))
                .isEqualTo(1);
    }

    private static ParametersAction items(String names) {
        return new ParametersAction(new StringParameterValue("ITEMS", names));
    }

    @Test
    void twoBuildsOfANamedQueueAtOnceDoNoItemTwiceAndTheSecondGoesOnWhenTheFirstIsAborted() throws Exception {
        fakes.workers(Workers.RUN_ON);
        WorkflowJob job = pipelines.job("taskQueue image: 'acme/a:1', items: ['a', 'b', 'c'], queue: 'shared'");
        WorkflowRun first = job.scheduleBuild2(0).waitForStart();
        LiveFake queue = fakes.queue("shared");
        Pipelines.await(() -> queue.running().size() == 1);
        WorkflowRun second = job.scheduleBuild2(0).waitForStart();
        Pipelines.await(() -> Pipelines.listed(second) == 3);

        first.getExecutor().interrupt();
        pipelines.ended(Result.ABORTED, first);
        Pipelines.await(() -> queue.running().size() == 1);
        fakes.workers(Workers.SUCCEED);

        pipelines.ended(Result.SUCCESS, second);
        assertThat(queue.successes()).containsOnlyKeys("a", "b", "c").doesNotContainValue(2);
        assertThat(queue.breaches()).isEmpty();
    }

    @Test
    void dataOfItemsReachesThem() throws Exception {
        WorkflowRun run = pipelines.run(
                Result.SUCCESS,
                "taskQueue image: 'acme/a:1', items: [a: [size: 3, tags: ['x', \"${1 + 1}\"]], b: null], batch: 1");

        assertThat(fakes.queue(run).successes()).containsOnlyKeys("a", "b");
    }

    @Test
    void aFreestyleJobHasItAsABuildStep() throws Exception {
        fakes.workers(Workers.failing("5"));
        FreeStyleProject job = pipelines.jenkins().createFreeStyleProject();
        TaskQueueStep step = Pipelines.step("acme/a:$BUILD_NUMBER");
        step.setItems("4\n5");
        step.setOnFailure("UNSTABLE");
        job.getBuildersList().add(new TaskQueueBuilder(step));

        FreeStyleBuild build = pipelines.jenkins().buildAndAssertStatus(Result.UNSTABLE, job);

        pipelines.jenkins().assertLogContains("worker acme/a:1,", build);
        pipelines.jenkins().assertLogContains("FAILED 5", build);
    }

    @Test
    void wrongSettingsAreRefusedWithASentence() throws Exception {
        refused("taskQueue image: 'acme/a:1'", "The items are missing");
        refused("taskQueue image: '', items: ['a']", "The worker's image is missing");
        refused("taskQueue items: ['a']", "The worker's image is missing");
        refused("taskQueue image: 'acme/a:1', items: ['a'], source: 'b'", "give one of them");
        refused("taskQueue image: 'acme/a:1', items: ['a', 'a']", "twice");
        refused("taskQueue image: 'acme/a:1', items: ['a'], onFailure: 'IGNORE'", "give 'FAILURE' or 'UNSTABLE'");
        refused("taskQueue image: 'acme/a:1', items: ['a'], timeout: '10'", "no duration");
        refused("taskQueue image: 'acme/a:1', items: ['a'], env: ['SIZE']", "NAME=VALUE");
        refused("taskQueue image: 'acme/a:1', items: ['a'], kueue: 'Team A'", "name of a LocalQueue");
    }

    private void refused(String script, String sentence) throws Exception {
        pipelines.jenkins().assertLogContains(sentence, pipelines.run(Result.FAILURE, script));
    }
}
