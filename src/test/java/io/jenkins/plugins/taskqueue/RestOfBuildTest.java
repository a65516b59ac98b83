package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import java.util.List;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build that does only what has not succeeded in an earlier one. */
@WithJenkins
class RestOfBuildTest {
    private static final String SCRIPT = "taskQueue image: 'acme/a:1', items: ['a', 'b', 'c', 'd']";

    private final FakeClusters fakes = FakeClusters.use();
    private JenkinsRule jenkins;
    private PageBuilds builds;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        builds = new PageBuilds(rule);
    }

    @AfterEach
    void end() {
        fakes.close();
    }

    private WebResponse ask(WorkflowRun run) throws Exception {
        return new PageClient(jenkins, "builder").post(run.getUrl() + "task-queue/runTheRest");
    }

    private WorkflowRun runTheRest(WorkflowRun run) throws Exception {
        WebResponse answer = ask(run);
        assertThat(answer.getStatusCode()).isEqualTo(302);
        assertThat(answer.getResponseHeaderValue("Location"))
                .endsWith("/jenkins/" + run.getParent().getUrl());
        jenkins.waitUntilNoActivity();
        return run.getParent().getLastBuild();
    }

    private static List<String> names(WorkflowRun run) {
        return TaskQueueAction.of(run).queue("1").status().items().stream()
                .map(item -> item.name())
                .toList();
    }

    @Test
    void onlyWhatHasNotSucceededIsDone() throws Exception {
        fakes.workers(Workers.failing("b", "c"));
        WorkflowRun first = builds.ended(Result.FAILURE, SCRIPT);
        fakes.workers(Workers.SUCCEED);
        WorkflowRun rest = runTheRest(first);

        jenkins.assertBuildStatusSuccess(rest);
        assertThat(rest.getNumber()).isEqualTo(2);
        assertThat(names(rest)).containsExactly("b", "c");
        assertThat(rest.getCause(RestOfBuildCause.class).getShortDescription()).isEqualTo("The rest of build #1");
        assertThat(jenkins.createWebClient()
                        .withBasicApiToken("reader")
                        .getPage(rest)
                        .getBody()
                        .asNormalizedText())
                .contains("The rest of build #1");
    }

    @Test
    void theRestOfARestLeavesOutWhatBothHaveDone() throws Exception {
        fakes.workers(Workers.failing("b", "c"));
        WorkflowRun first = builds.ended(Result.FAILURE, SCRIPT);
        fakes.workers(Workers.failing("c"));
        WorkflowRun second = runTheRest(first);
        fakes.workers(Workers.SUCCEED);
        WorkflowRun third = runTheRest(second);

        assertThat(names(third)).containsExactly("c");
        assertThat(ask(third).getContentAsString()).contains("there is nothing left to run");
    }

    @Test
    void theRestOfAnEarlierBuildLooksAtThatOneAlone() throws Exception {
        fakes.workers(Workers.failing("b", "c"));
        WorkflowRun first = builds.ended(Result.FAILURE, SCRIPT);
        fakes.workers(Workers.SUCCEED);
        runTheRest(first);

        assertThat(names(runTheRest(first))).containsExactly("b", "c");
    }

    @Test
    void itHasTheParametersOfTheFirst() throws Exception {
        fakes.workers(Workers.failing("b"));
        WorkflowJob job = builds.job("echo \"size ${params.SIZE}\"; " + SCRIPT);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SIZE", "small")));
        WorkflowRun first = job.scheduleBuild2(
                        0, new hudson.model.ParametersAction(new StringParameterValue("SIZE", "large")))
                .get();

        jenkins.assertLogContains("size large", runTheRest(first));
    }

    @Test
    void aQueueWithANameKnowsByItselfWhatIsDone() throws Exception {
        fakes.workers(Workers.failing("b"));
        WorkflowRun first = builds.ended(Result.FAILURE, SCRIPT + ", queue: 'named'");
        fakes.workers(Workers.SUCCEED);
        WorkflowRun rest = runTheRest(first);

        assertThat(names(rest)).containsExactly("a", "b", "c", "d");
        assertThat(TaskQueueAction.of(rest).getSummaries().get(0).getSkipped()).isEqualTo(3);
    }

    @Test
    void itIsOfferedForABuildThatIsOverAndHasSomethingLeft() throws Exception {
        WorkflowRun done = builds.ended(Result.SUCCESS, SCRIPT);
        fakes.workers(Workers.failing("a"));
        WorkflowRun failed = builds.ended(Result.FAILURE, SCRIPT);

        assertThat(offers("builder", failed)).isTrue();
        assertThat(offers("builder", done)).isFalse();
        assertThat(offers("canceller", failed)).isFalse();
    }

    private boolean offers(String user, WorkflowRun run) throws Exception {
        return new PageClient(jenkins, user).page(run.getUrl() + "task-queue/").querySelector("form[name=runTheRest]")
                != null;
    }

    @Test
    void whileTheBuildGoesOnThereIsNoRest() throws Exception {
        fakes.workers(Workers.RUN_ON);
        WorkflowRun run = builds.running(1, SCRIPT);

        assertThat(ask(run).getContentAsString()).contains("is not over");
        run.doKill();
        jenkins.waitForCompletion(run);
    }

    @Test
    void whereTheItemsOfTheFirstAreNotKnownNothingIsDoneTwice() throws Exception {
        fakes.workers(Workers.failing("b"));
        WorkflowRun first = builds.ended(Result.FAILURE, SCRIPT);
        BuildQueue queue = TaskQueueAction.of(first).queue("1");
        java.nio.file.Files.delete(queue.snapshot().file());
        queue.forget();
        WorkflowRun rest = runTheRest(first);

        jenkins.assertBuildStatus(Result.FAILURE, rest);
        jenkins.assertLogContains("The rest of build #1 can't be told from what was done.", rest);
    }
}
