package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** Every web method of the page, those that are yet to be written included, and who may call it how. */
@WithJenkins
class QueuePageRightsTest {
    private static final String PARAMETERS = "?item=a&most=1";

    private final FakeClusters fakes = FakeClusters.use().workers(Workers.RUN_ON);
    private JenkinsRule jenkins;
    private WorkflowRun run;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        run = new PageBuilds(rule).running(2, "taskQueue image: 'acme/a:1', items: ['a', 'b', 'c'], parallelism: 2");
    }

    @AfterEach
    void end() throws Exception {
        run.doKill();
        jenkins.waitForCompletion(run);
        fakes.close();
    }

    private static Stream<Method> methods() {
        return Stream.of(QueuePage.class, TaskQueueTab.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.getName().startsWith("do") || method.isAnnotationPresent(WebMethod.class));
    }

    private List<String> paths(Class<? extends java.lang.annotation.Annotation> verb) {
        List<String> paths = new ArrayList<>();
        methods().filter(method -> method.isAnnotationPresent(verb)).forEach(method -> {
            String name = Character.toLowerCase(method.getName().charAt(2))
                    + method.getName().substring(3);
            String place = method.getDeclaringClass() == QueuePage.class ? "queue/1/" : "";
            paths.add(run.getUrl() + "task-queue/" + place + name + PARAMETERS);
        });
        return paths;
    }

    private int code(String user, String method, String path) throws Exception {
        PageClient client = new PageClient(jenkins, user);
        return (method.equals("GET") ? client.get(path) : client.post(path)).getStatusCode();
    }

    @Test
    void everyWebMethodSaysByWhichVerbItIsCalled() {
        assertThat(methods())
                .hasSizeGreaterThan(8)
                .allMatch(method ->
                        method.isAnnotationPresent(GET.class) != method.isAnnotationPresent(RequirePOST.class));
    }

    @Test
    void whoeverMayOnlyReadTheJobChangesNothing() throws Exception {
        for (String path : paths(RequirePOST.class)) {
            assertThat(code("reader", "POST", path)).as(path).isEqualTo(403);
        }

        Status status = TaskQueueAction.of(run).queue("1").status();
        assertThat(status.phase()).isEqualTo(Status.Phase.RUNNING);
        assertThat(status.parallelism()).isEqualTo(2);
        assertThat(status.count(ItemState.RUNNING)).isEqualTo(2);
    }

    @Test
    void whatChangesSomethingIsRefusedAsAGet() throws Exception {
        for (String path : paths(RequirePOST.class)) {
            assertThat(code("admin", "GET", path)).as(path).isEqualTo(405);
        }
    }

    @Test
    void everythingElseIsReadByWhoeverMayReadTheJob() throws Exception {
        for (String path : paths(GET.class)) {
            assertThat(code("reader", "GET", path)).as(path).isBetween(200, 204);
            assertThat(code("nobody in particular", "GET", path)).as(path).isIn(403, 404);
            assertThat(code(null, "GET", path)).as(path).isIn(403, 404);
        }
    }

    @Test
    void theRightToBuildIsNotTheRightToCancelNorTheOtherWayRound() throws Exception {
        String base = run.getUrl() + "task-queue/";

        assertThat(code("builder", "POST", base + "queue/1/pause")).isEqualTo(403);
        assertThat(code("canceller", "POST", base + "runTheRest")).isEqualTo(403);
        assertThat(code("canceller", "POST", base + "queue/1/pause")).isEqualTo(204);
    }

    /** Whoever may only stop a build starts no work, nor more of it at once. */
    @Test
    void whatStartsWorkNeedsTheRightToBuild() throws Exception {
        String queue = run.getUrl() + "task-queue/queue/1/";

        assertThat(code("canceller", "POST", queue + "retryFailed")).isEqualTo(403);
        assertThat(code("canceller", "POST", queue + "retry?item=a")).isEqualTo(403);
        assertThat(code("canceller", "POST", queue + "parallelism?most=3")).isEqualTo(403);
        assertThat(code("canceller", "POST", queue + "parallelism?most=1")).isEqualTo(204);
        assertThat(code("builder", "POST", queue + "parallelism?most=0")).isEqualTo(403);
        assertThat(code("builder", "POST", queue + "parallelism?most=3")).isEqualTo(204);
        assertThat(code("builder", "POST", queue + "retryFailed"))
                .as("nothing has failed")
                .isEqualTo(409);
        assertThat(code("builder", "POST", queue + "parallelism?most=x")).isEqualTo(403);
    }

    @Test
    void thePageOffersToChangeTheQueueToWhoeverMay() throws Exception {
        String path = run.getUrl() + "task-queue/";
        String action = "/jenkins/" + path + "queue/1/";

        assertThat(table("canceller", path).getAttribute("data-action-url")).isEqualTo(action);
        assertThat(table("reader", path).hasAttribute("data-action-url")).isFalse();
    }

    private org.htmlunit.html.DomElement table(String user, String path) throws Exception {
        return new PageClient(jenkins, user).page(path).querySelector("div.task-queue");
    }
}
