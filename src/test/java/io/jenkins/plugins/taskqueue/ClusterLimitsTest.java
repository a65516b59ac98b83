package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ClusterLimitsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

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

    @Test
    void twoBuildsShareTheLimitOfTheirCluster() throws Exception {
        limit(4);
        fakes.workers(Workers.RUN_ON);
        WorkflowRun first = start();
        awaitRunning(first, 4);

        WorkflowRun second = start();
        await().atMost(LONG).until(() -> queue(second).status().items().size() == 8);
        await().atMost(LONG).until(() -> queue(first).status().parallelism() == 2);
        assertThat(running(first)).hasSize(4);
        assertThat(running(second)).isEmpty();

        fakes.workers(Workers.SUCCEED);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(first));
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(second));
        assertThat(fakes.queue(first).successes()).hasSize(8);
        assertThat(fakes.queue(second).successes()).hasSize(8);
    }

    @Test
    void personsWishIsBoundByTheLimitToo() throws Exception {
        limit(3);
        fakes.workers(Workers.RUN_ON);
        WorkflowRun run = start();
        awaitRunning(run, 3);

        queue(run).setParallelism(1);
        assertThat(queue(run).getRequest().getParallelism()).isEqualTo(1);
        await().atMost(LONG).until(() -> queue(run).status().parallelism() == 1);
        queue(run).setParallelism(100);
        await().atMost(LONG).until(() -> queue(run).status().parallelism() == 3);
        assertThat(running(run)).hasSize(3);
    }

    @Test
    void wishThatFitsIsNotCutWhenLittleIsLeft() throws Exception {
        limit(8);
        fakes.workers(Workers.RUN_ON);
        WorkflowRun run = start();
        awaitRunning(run, 8);

        for (String item : List.of("a", "b", "c", "d", "e")) {
            queue(run).cancelItem(item);
        }
        await().atMost(LONG).until(() -> queue(run).status().count(ItemState.RUNNING) == 3);
        BuildQueues.get().shareLimits();

        assertThat(queue(run).status().parallelism()).isEqualTo(8);
    }

    @Test
    void limitThatIsTakenAwayHoldsNobodyBack() throws Exception {
        limit(1);
        fakes.workers(Workers.RUN_ON);
        WorkflowRun run = start();
        awaitRunning(run, 1);

        limit(null);
        awaitRunning(run, 8);
    }

    private static void limit(Integer most) {
        ClusterConfig cluster = new ClusterConfig("near");
        cluster.setLimit(most);
        TaskQueueConfiguration.get().setClusters(List.of(cluster));
    }

    private WorkflowRun start() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "taskQueue image: 'acme/a:1', parallelism: 8, items: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        await().atMost(LONG).until(() -> TaskQueueAction.of(run) != null);
        return run;
    }

    private static BuildQueue queue(WorkflowRun run) {
        return TaskQueueAction.of(run).queue("1");
    }

    private List<String> running(WorkflowRun run) {
        return fakes.queue(run).running();
    }

    private void awaitRunning(WorkflowRun run, int items) {
        await().atMost(LONG).until(() -> running(run).size() == items);
    }
}
