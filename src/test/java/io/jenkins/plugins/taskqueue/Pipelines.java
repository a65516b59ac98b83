package io.jenkins.plugins.taskqueue;

import hudson.model.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines in a Jenkins of a test. */
record Pipelines(JenkinsRule jenkins) {

    /** One whose worker is one image. */
    static TaskQueueStep step(String image) {
        TaskQueueStep step = new TaskQueueStep();
        step.setImage(image);
        return step;
    }

    WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    WorkflowRun run(Result result, String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, job(script));
    }

    /** Starts a build whose queue is its own, and waits until a worker runs for each of these items. */
    WorkflowRun started(FakeClusters fakes, String script, String... items) throws Exception {
        WorkflowRun run = job(script).scheduleBuild2(0).waitForStart();
        await(() -> isRunning(fakes, run, items));
        return run;
    }

    static boolean isRunning(FakeClusters fakes, WorkflowRun run, String... items) {
        TaskQueueAction action = TaskQueueAction.of(run);
        return action != null
                && !action.queues().isEmpty()
                && fakes.queue(run).running().equals(List.of(items));
    }

    /** How many items the build's first queue has listed; 0 before it has begun. */
    static int listed(WorkflowRun run) {
        TaskQueueAction action = TaskQueueAction.of(run);
        return action == null || action.queues().isEmpty()
                ? 0
                : action.queues().get(0).status().items().size();
    }

    WorkflowRun ended(Result result, WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(result, jenkins.waitForCompletion(run));
        return run;
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition);
    }
}
