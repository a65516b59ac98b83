package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a job's author can have the controller connect to. */
@WithJenkins
class SourceChoiceTest {
    private final FakeClusters fakes = FakeClusters.use();
    private JenkinsRule jenkins;
    private FakeServer server;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        server = FakeServer.listing("\"a\",\"b\"")
                .with("/items/a", 200, "{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":{}}")
                .with("/items/b", 200, "{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":{}}");
    }

    @AfterEach
    void tearDown() {
        server.close();
        fakes.close();
    }

    private WorkflowRun run(Result result, String step) throws Exception {
        return run(jenkins.createProject(WorkflowJob.class), result, step);
    }

    private WorkflowRun run(WorkflowJob job, Result result, String step) throws Exception {
        job.setDefinition(new CpsFlowDefinition(step, true));
        return jenkins.buildAndAssertStatus(result, job);
    }

    private void configure(String jobs) {
        AmbassadorConfig ambassador = new AmbassadorConfig("videos", new UrlLocation(server.url()));
        ambassador.setJobs(jobs);
        TaskQueueConfiguration.get().setAmbassadors(List.of(ambassador));
    }

    @Test
    void configuredAmbassadorIsTheSource() throws Exception {
        configure(null);

        WorkflowRun run = run(Result.SUCCESS, "taskQueue image: 'acme/a:1', source: 'videos', parallelism: 2");

        assertThat(fakes.queue(run).successes()).containsOnlyKeys("a", "b");
        assertThat(server.requests()).contains("/items", "/items/a", "/items/b");
    }

    @Test
    void urlIsNoSource() throws Exception {
        configure(null);

        WorkflowRun run =
                run(Result.FAILURE, "taskQueue image: 'acme/a:1', source: '" + server.url() + "', parallelism: 2");

        jenkins.assertLogContains("There is no source \"" + server.url() + "\". This job may use: videos.", run);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void itemThatLooksLikeAUrlIsNotFetched() throws Exception {
        run(Result.SUCCESS, "taskQueue image: 'acme/a:1', items: ['" + server.url() + "/items']");

        assertThat(server.requests()).isEmpty();
    }

    @Test
    void ambassadorOfOtherJobsIsNotAsked() throws Exception {
        configure("media/*");

        WorkflowRun run = run(Result.FAILURE, "taskQueue image: 'acme/a:1', source: 'videos'");
        jenkins.assertLogContains("may not use \"videos\"", run);
        assertThat(server.requests()).isEmpty();

        Folder media = jenkins.createProject(Folder.class, "media");
        run(
                media.createProject(WorkflowJob.class, "nightly"),
                Result.SUCCESS,
                "taskQueue image: 'acme/a:1', source: 'videos'");
    }
}
