package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the table and scripts read, and what is asked of the queue. */
@WithJenkins
class QueuePageTest {
    private final FakeClusters fakes = FakeClusters.use();
    private JenkinsRule jenkins;
    private PageBuilds builds;
    private PageClient client;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = new PageBuilds(rule);
        client = new PageClient(rule, "author");
    }

    @AfterEach
    void end() {
        fakes.close();
    }

    private static String base(WorkflowRun run) {
        return run.getUrl() + "task-queue/queue/1/";
    }

    private WorkflowRun failed() throws Exception {
        fakes.workers(Workers.failing("b"));
        return builds.ended(Result.FAILURE, "taskQueue image: 'acme/a:1', items: ['a', 'b', 'c']");
    }

    private WorkflowRun running() throws Exception {
        fakes.workers(Workers.RUN_ON);
        return builds.running(2, "taskQueue image: 'acme/a:1', items: ['a', 'b', 'c'], parallelism: 2");
    }

    private void stop(WorkflowRun run) throws Exception {
        run.doKill();
        jenkins.waitForCompletion(run);
    }

    @Test
    void aPageOfItemsIsAnsweredAsJson() throws Exception {
        WebResponse answer = client.get(base(failed()) + "status?state=FAILED");

        JSONObject page = JSONObject.fromObject(answer.getContentAsString());
        assertThat(answer.getContentType()).isEqualTo("application/json");
        assertThat(page.getInt("total")).isEqualTo(3);
        assertThat(page.getInt("matched")).isEqualTo(1);
        assertThat(page.getJSONArray("items").getJSONObject(0).getString("name"))
                .isEqualTo("b");
        assertThat(page.getString("phase")).isEqualTo("FAILED");
    }

    @Test
    void whoeverHasItIsToldThatNothingChanged() throws Exception {
        String url = base(failed()) + "status?limit=2";
        String etag = client.get(url).getResponseHeaderValue("ETag");

        WebResponse again = client.get(url, "If-None-Match", etag);
        assertThat(again.getStatusCode()).isEqualTo(304);
        assertThat(again.getContentAsString()).isEmpty();
        assertThat(client.get(url, "If-None-Match", "W/\"other\"").getStatusCode())
                .isEqualTo(200);
        assertThat(client.get(url + "&sort=name", "If-None-Match", etag).getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void aQuestionThatCanNotBeMeantIsAnsweredWithASentence() throws Exception {
        WebResponse answer = client.get(base(failed()) + "status?limit=many");

        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(answer.getContentAsString()).startsWith("The parameter \"limit\" is \"many\" but must be");
    }

    @Test
    void scriptsReadEveryItemAtOnce() throws Exception {
        JSONObject all =
                JSONObject.fromObject(client.get(base(failed()) + "items").getContentAsString());

        assertThat(all.getJSONArray("items").size()).isEqualTo(3);
        assertThat(all.getJSONArray("items").getJSONObject(1).getString("logTail"))
                .startsWith("log of ");
    }

    @Test
    void aLogIsTextAndThereMayBeNone() throws Exception {
        String base = base(failed());

        WebResponse log = client.get(base + "log?item=b");
        assertThat(log.getContentType()).isEqualTo("text/plain");
        assertThat(log.getContentAsString()).startsWith("log of ");
        assertThat(client.get(base + "log?item=unknown").getStatusCode()).isEqualTo(404);
        assertThat(client.get(base + "log").getStatusCode()).isEqualTo(404);
    }

    @Test
    void aQueueThatTheBuildHasNotIsNotFound() throws Exception {
        assertThat(client.get(failed().getUrl() + "task-queue/queue/2/status").getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsAskedIsDone() throws Exception {
        WorkflowRun run = running();
        String base = base(run);

        assertThat(client.post(base + "pause").getStatusCode()).isEqualTo(204);
        PageBuilds.soon(run, status -> status.phase() == Status.Phase.PAUSED);
        client.post(base + "resume");
        client.post(base + "parallelism?most=3");
        PageBuilds.soon(run, status -> status.parallelism() == 3 && status.count(ItemState.RUNNING) == 3);
        client.post(base + "cancelItem?item=b");
        PageBuilds.soon(run, status -> status.count(ItemState.CANCELLED) == 1);
        PageBuilds.soon(run, status -> client.postQuietly(base + "retry?item=b") == 204);
        PageBuilds.soon(run, status -> status.count(ItemState.RUNNING) == 3);
        assertThat(client.post(base + "cancel").getStatusCode()).isEqualTo(204);

        assertThat(jenkins.waitForCompletion(run).getResult()).isEqualTo(Result.ABORTED);
    }

    @Test
    void whatFailedIsDoneAgain() throws Exception {
        fakes.workers((item, pod, now) ->
                item.equals("a") ? pod : Workers.failing("b").work(item, pod, now));
        WorkflowRun run = builds.running(1, "taskQueue image: 'acme/a:1', items: ['a', 'b'], parallelism: 2");
        PageBuilds.soon(run, status -> status.count(ItemState.FAILED) == 1);
        fakes.workers(Workers.RUN_ON);
        // An item that failed behind a straggler is written after ten seconds; only then it can be asked for.
        PageBuilds.soon(run, status -> client.postQuietly(base(run) + "retryFailed") == 204);
        PageBuilds.soon(run, status -> status.count(ItemState.RUNNING) == 2);
        fakes.workers(Workers.SUCCEED);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void whatCanNotBeDoneIsRefusedWithASentence() throws Exception {
        WorkflowRun run = running();
        String base = base(run);

        WebResponse unknown = client.post(base + "cancelItem?item=x");
        assertThat(unknown.getStatusCode()).isEqualTo(404);
        assertThat(unknown.getContentAsString()).isEqualTo("The queue has no item \"x\".");
        assertThat(client.post(base + "cancelItem").getStatusCode()).isEqualTo(404);
        assertThat(client.post(base + "retry?item=a").getContentAsString())
                .isEqualTo("The item \"a\" has neither failed nor been cancelled: there is nothing to be done again.");
        assertThat(client.post(base + "parallelism?most=lots").getStatusCode()).isEqualTo(400);
        assertThat(client.post(base + "parallelism?most=-1").getStatusCode()).isEqualTo(400);
        assertThat(client.post(base + "parallelism").getStatusCode()).isEqualTo(400);
        stop(run);
    }

    @Test
    void nothingIsAskedOfAQueueThatIsOver() throws Exception {
        WebResponse answer = client.post(base(failed()) + "retryFailed");

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getContentType()).isEqualTo("text/plain");
        assertThat(answer.getContentAsString())
                .isEqualTo("The queue \"given items\" is over: start a new build to work on it.");
    }

    @Test
    void aBuildThatWasLoadedAnewShowsItsItems() throws Exception {
        WorkflowRun run = failed();
        String before = client.get(base(run) + "items").getContentAsString();
        jenkins.jenkins.reload();

        assertThat(client.get(base(run) + "items").getContentAsString()).isEqualTo(before);
        assertThat(client.get(base(run) + "log?item=b").getContentAsString()).startsWith("log of ");
        assertThat(client.get(base(run) + "status").getContentAsString()).contains("\"matched\":3");
    }
}
