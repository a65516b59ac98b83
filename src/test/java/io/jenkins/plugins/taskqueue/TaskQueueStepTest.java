package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class TaskQueueStepTest {
    private final FakeClusters fakes = FakeClusters.use();
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void tearDown() {
        fakes.close();
    }

    private WorkflowRun run(Result result, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(result, job);
    }

    @Test
    void doesEveryItemAndReturnsAPlainMap() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                def r = taskQueue image: 'acme/a:1', items: ['a', 'b', 'c'], parallelism: 2
                echo "got ${r.total} ${r.succeeded} ${r.failed} ${r.failedItems} ${r.results['b']}"
                """);

        jenkins.assertLogContains("got 3 3 0 [] done", run);
        assertThat(fakes.queue(run).successes()).containsOnlyKeys("a", "b", "c");
        assertThat(fakes.queue(run).isDeleted()).isTrue();
        assertThat(fakes.queue(run).breaches()).isEmpty();
    }

    @Test
    void anEmptyListIsASuccess() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "taskQueue image: 'acme/a:1', items: []");

        jenkins.assertLogContains("the list of items is empty", run);
        assertThat(TaskQueueAction.of(run).queue("1").status().phase()).isEqualTo(Status.Phase.SUCCEEDED);
    }

    @Test
    void aFailedItemFailsTheBuildAndIsNamedInItsLog() throws Exception {
        fakes.workers(Workers.failing("b"));

        WorkflowRun run = run(Result.FAILURE, "taskQueue image: 'acme/a:1', items: ['a', 'b']");

        jenkins.assertLogContains("FAILED b: ExitCode, exit code 3 (1 attempt)", run);
        jenkins.assertLogContains("1 succeeded, 1 failed", run);
        BuildQueue queue = TaskQueueAction.of(run).queue("1");
        assertThat(queue.isLive()).isFalse();
        assertThat(queue.status().count(ItemState.FAILED)).isEqualTo(1);
        assertThat(queue.log("b")).contains("log of 2-0-0");
    }
}
