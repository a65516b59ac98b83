package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages, in the classic look ("reader") and in the new one ("builder"). */
@WithJenkins
class TaskQueueTabTest {
    private final FakeClusters fakes = FakeClusters.use();
    private JenkinsRule jenkins;
    private PageBuilds builds;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = new PageBuilds(rule);
        PageClient.newLook("builder");
    }

    @AfterEach
    void end() {
        fakes.close();
    }

    private HtmlPage page(String user, String path) throws Exception {
        HtmlPage page = new PageClient(jenkins, user).page(path);
        assertThat(page.getWebResponse().getStatusCode()).as(path).isEqualTo(200);
        return page;
    }

    private static List<DomElement> all(DomNode node, String css) {
        return node.querySelectorAll(css).stream().map(DomElement.class::cast).toList();
    }

    private static void isHarmless(HtmlPage page) {
        assertThat(page.querySelectorAll("script:not([src]), img[src=x]"))
                .filteredOn(element -> element.asXml().contains("alert("))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "builder"})
    void severalQueuesOfOneBuildAreSectionsOfItsPage(String user) throws Exception {
        WorkflowRun run = builds.ended(Result.SUCCESS, """
                taskQueue image: 'acme/a:1', items: ['a']
                taskQueue image: 'acme/b:1', items: ['b', 'c'], queue: 'second'
                """);

        assertThat(all(page(user, run.getUrl() + "task-queue/"), "div.task-queue"))
                .extracting(table -> String.join(
                        " ",
                        table.getAttribute("data-name"),
                        table.getAttribute("data-key"),
                        table.getAttribute("data-status-url")))
                .containsExactly(
                        "given items 1 /jenkins/" + run.getUrl() + "task-queue/queue/1/status",
                        "second 2 /jenkins/" + run.getUrl() + "task-queue/queue/2/status");
        assertThat(page(user, run.getUrl()).getBody().asNormalizedText())
                .containsSubsequence("given items", "1 of 1 done", "second", "2 of 2 done");
    }

    @Test
    void theClassicLookHasALinkInTheSidePanel() throws Exception {
        WorkflowRun run = builds.ended(Result.SUCCESS, "taskQueue image: 'acme/a:1', items: ['a']");

        assertThat(all(page("reader", run.getUrl()), "#tasks a"))
                .extracting(link -> link.getAttribute("href"))
                .contains("/jenkins/" + run.getUrl() + "task-queue");
    }

    @Test
    void theNewLookHasATabAndACard() throws Exception {
        WorkflowRun run = builds.ended(Result.SUCCESS, "taskQueue image: 'acme/a:1', items: ['a']");
        HtmlPage page = page("builder", run.getUrl());

        assertThat(all(page, ".app-build-tabs a"))
                .extracting(DomElement::asNormalizedText)
                .contains("Task queues");
        assertThat(page.querySelectorAll(".task-queue-digest")).hasSize(1);
    }

    @Test
    void aBuildWithoutAQueueHasNoSuchPage() throws Exception {
        WorkflowRun run = builds.ended(Result.SUCCESS, "echo 'nothing'");

        assertThat(new PageClient(jenkins, "reader")
                        .get(run.getUrl() + "task-queue/")
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(page("reader", run.getUrl()).querySelectorAll(".task-queue-digest"))
                .isEmpty();
        assertThat(page("reader", run.getParent().getUrl()).querySelectorAll(".task-queue-trend"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "builder"})
    void namesThatAreMarkupAreShownAsTheyAre(String user) throws Exception {
        String nasty = PageBuilds.NASTY.replace("'", "\\'");
        WorkflowRun run = builds.ended(
                Result.SUCCESS, "taskQueue image: 'acme/a:1', items: ['" + nasty + "'], queue: '" + nasty + "'");
        HtmlPage tab = page(user, run.getUrl() + "task-queue/");

        isHarmless(tab);
        assertThat(tab.<DomElement>querySelector("div.task-queue").getAttribute("data-name"))
                .isEqualTo(PageBuilds.NASTY);
        HtmlPage overview = page(user, run.getUrl());
        isHarmless(overview);
        assertThat(overview.<DomElement>querySelector(".task-queue-digest__name")
                        .getTextContent())
                .isEqualTo(PageBuilds.NASTY);
        isHarmless(page(user, run.getParent().getUrl()));
    }

    @Test
    void theJobsPageShowsItsLastBuilds() throws Exception {
        fakes.workers(Workers.failing("b"));
        WorkflowRun run = builds.ended(Result.FAILURE, "taskQueue image: 'acme/a:1', items: ['a', 'b', 'c']");
        DomElement chart = page("reader", run.getParent().getUrl()).querySelector(".task-queue-trend");

        DomElement build = chart.querySelector("a");
        assertThat(build.getAttribute("href")).isEqualTo("/jenkins/" + run.getUrl() + "task-queue/");
        assertThat(build.getAttribute("aria-label")).startsWith("#1: 3 items, 1 failed, ");
        assertThat(chart.<DomElement>querySelector(".task-queue-trend__failed").getAttribute("height"))
                .isEqualTo("20.00");
        assertThat(chart.<DomElement>querySelector(".task-queue-trend__done").getAttribute("height"))
                .isEqualTo("40.00");
    }

    @Test
    void aTabTellsHowManyItemsFailed() throws Exception {
        fakes.workers(Workers.failing("a", "b"));
        WorkflowRun run = builds.ended(Result.FAILURE, "taskQueue image: 'acme/a:1', items: ['a', 'b', 'c']");

        assertThat(run.getAction(TaskQueueTab.class).getBadge().getText()).isEqualTo("2");
    }
}
