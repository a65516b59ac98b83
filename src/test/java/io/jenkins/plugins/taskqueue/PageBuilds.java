package io.jenkins.plugins.taskqueue;

import static org.awaitility.Awaitility.await;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Builds to be looked at, by people who may read, cancel, build, or both. */
final class PageBuilds {
    static final String NASTY = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";

    private final JenkinsRule jenkins;

    PageBuilds(JenkinsRule jenkins) {
        this.jenkins = jenkins;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "canceller", "builder", "author")
                .grant(Item.CANCEL)
                .everywhere()
                .to("canceller", "author")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder", "author"));
    }

    WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    WorkflowRun ended(Result result, String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, job(script));
    }

    /** A build whose first queue has so many items at work. */
    WorkflowRun running(int items, String script) throws Exception {
        WorkflowRun run = job(script).scheduleBuild2(0).waitForStart();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            TaskQueueAction action = TaskQueueAction.of(run);
            return action != null
                    && !action.queues().isEmpty()
                    && action.queue("1").status().count(io.jenkins.plugins.taskqueue.engine.ItemState.RUNNING) == items;
        });
        return run;
    }

    static void soon(Run<?, ?> run, Predicate<Status> wanted) {
        BuildQueue queue = TaskQueueAction.of(run).queue("1");
        await().atMost(Duration.ofSeconds(30)).until(() -> wanted.test(queue.status()));
    }
}
