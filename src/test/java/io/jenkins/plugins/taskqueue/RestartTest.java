package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The cluster lives on beside Jenkins, which is restarted. */
class RestartTest {
    private static final String TWO = "def r = taskQueue image: 'acme/a:1', items: ['a', 'b', 'c'], parallelism: 2\n"
            + "echo \"got ${r.total} ${r.succeeded} ${r.results['c']}\"";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path saved;

    private final FakeClusters fakes = FakeClusters.use().workers(Workers.RUN_ON);
    private String id;

    @AfterEach
    void tearDown() {
        fakes.close();
    }

    private void start(JenkinsRule jenkins) throws Exception {
        id = new Pipelines(jenkins).started(fakes, TWO, "a", "b").getExternalizableId();
    }

    private void goesOn(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = (WorkflowRun) hudson.model.Run.fromExternalizableId(id);
        Pipelines.await(() -> TaskQueueAction.of(run) != null);
        BuildQueue queue = TaskQueueAction.of(run).queue("1");
        Pipelines.await(() -> queue.isLive() && queue.status().count(ItemState.RUNNING) == 2);
        assertThat(fakes.queue(run).running()).containsExactly("a", "b");
        fakes.workers(Workers.SUCCEED);
        new Pipelines(jenkins).ended(Result.SUCCESS, run);
        jenkins.assertLogContains("got 3 3 done", run);
        assertThat(fakes.queue(run).successes()).hasSize(3).containsValue(1).doesNotContainValue(2);
        assertThat(fakes.queue(run).breaches()).isEmpty();
        assertThat(fakes.queue(run).isDeleted()).isTrue();
    }

    @Test
    void theStepTakesItsQueueUpAgainAfterARestart() throws Throwable {
        sessions.then(this::start);
        sessions.then(this::goesOn);
    }

    /** Another job that takes the queue's name would be refused. */
    @Test
    void theBuildOfAJobThatWasRenamedMeanwhileIsStillWhoMadeItsQueue() throws Throwable {
        sessions.then(this::start);
        Path jobs = sessions.getHome().toPath().resolve("jobs");
        Files.move(jobs.resolve("test0"), jobs.resolve("moved"));
        id = id.replace("test0", "moved");
        sessions.then(this::goesOn);
        assertThat(fakes.makers).hasSize(2).allMatch(maker -> maker.startsWith("the job \"test0\" "));
    }

    @Test
    void theStepTakesItsQueueUpAgainAfterACrash() throws Throwable {
        sessions.then(jenkins -> {
            start(jenkins);
            FileUtils.copyDirectory(sessions.getHome(), saved.toFile());
        });
        backToTheCrash(sessions.getHome());
        sessions.then(this::goesOn);
    }

    @Test
    void theStepTakesItsQueueUpAgainThoughTheBuildWasNotYetWrittenWhenJenkinsCrashed() throws Throwable {
        sessions.then(jenkins -> {
            start(jenkins);
            FileUtils.copyDirectory(sessions.getHome(), saved.toFile());
        });
        backToTheCrash(sessions.getHome());
        Path build = sessions.getHome().toPath().resolve("jobs/test0/builds/1/build.xml");
        String whole = Files.readString(build);
        String cut = whole.replaceAll("(?s)<(io.jenkins.plugins.taskqueue.TaskQueueAction)\\b.*</\\1>", "");
        assertThat(cut).hasSizeLessThan(whole.length());
        Files.writeString(build, cut);
        sessions.then(this::goesOn);
    }

    @Test
    void whatIsLeftIsSweptWhereTheQueueCanNotBeTakenUpAgain() throws Throwable {
        sessions.then(this::start);
        fakes.refuse("The cluster is not for this job any more.");
        sessions.then(jenkins -> {
            WorkflowRun run = (WorkflowRun) hudson.model.Run.fromExternalizableId(id);
            new Pipelines(jenkins).ended(Result.FAILURE, run);
            jenkins.assertLogContains("not for this job any more", run);
            assertThat(fakes.queue(run).running()).isNotEmpty();
            Jenkins.get().getExtensionList(OrphanSweep.class).get(0).execute(TaskListener.NULL);
            assertThat(fakes.queue(run).isDeleted()).isTrue();
        });
    }

    /** Nothing that an orderly end of Jenkins wrote is left. */
    private void backToTheCrash(File home) throws Exception {
        FileUtils.cleanDirectory(home);
        FileUtils.copyDirectory(saved.toFile(), home);
    }

    @Test
    void whatEndedMeanwhileIsNotDoneAgain() throws Throwable {
        sessions.then(this::start);
        fakes.workers(Workers.SUCCEED);
        sessions.then(jenkins -> {
            WorkflowRun run = (WorkflowRun) hudson.model.Run.fromExternalizableId(id);
            new Pipelines(jenkins).ended(Result.SUCCESS, run);
            assertThat(fakes.queue(run).successes()).hasSize(3).doesNotContainValue(2);
        });
    }

    @Test
    void anAbortThatWasBegunGoesOnAfterTheRestart() throws Throwable {
        sessions.then(jenkins -> {
            start(jenkins);
            WorkflowRun run = (WorkflowRun) hudson.model.Run.fromExternalizableId(id);
            fakes.queue(run).stubborn(true);
            run.getExecutor().interrupt();
            Pipelines.await(
                    () -> TaskQueueAction.of(run).queue("1").getRequest().isCancelled());
        });
        sessions.then(jenkins -> {
            WorkflowRun run = (WorkflowRun) hudson.model.Run.fromExternalizableId(id);
            fakes.queue(run).stubborn(false);
            new Pipelines(jenkins).ended(Result.ABORTED, run);
            assertThat(fakes.queue(run).isDeleted()).isTrue();
        });
    }

    @Test
    void whatAFreestyleBuildLeavesIsSwept() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            TaskQueueStep step = Pipelines.step("acme/a:1");
            step.setItems("a\nb");
            job.getBuildersList().add(new TaskQueueBuilder(step));
            FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
            id = build.getExternalizableId();
            Pipelines.await(() -> TaskQueueAction.of(build) != null
                    && !fakes.queue(build).running().isEmpty());
            FileUtils.copyDirectory(sessions.getHome(), saved.toFile());
        });
        backToTheCrash(sessions.getHome());
        sessions.then(jenkins -> {
            FreeStyleBuild build = (FreeStyleBuild) hudson.model.Run.fromExternalizableId(id);
            TaskQueueBuilder builder = build.getProject().getBuildersList().get(TaskQueueBuilder.class);
            assertThat(builder.getStep().getItems()).isEqualTo(List.of("a", "b"));
            assertThat(fakes.queue(build).running()).isNotEmpty();
            Jenkins.get().getExtensionList(OrphanSweep.class).get(0).execute(TaskListener.NULL);
            assertThat(fakes.queue(build).isDeleted()).isTrue();
            assertThat(OpenQueues.get().entries(entry -> true)).isEmpty();
            assertThat(TaskQueueAction.of(build).getSummaries().get(0).getResult())
                    .isEqualTo("CANCELLED");
        });
    }

    @Test
    void buildXmlHoldsNothingForEachItem() throws Throwable {
        fakes.workers(Workers.failing("needle-7"));
        sessions.then(jenkins -> {
            WorkflowRun run = new Pipelines(jenkins).run(Result.FAILURE, """
                    def names = []
                    for (int i = 0; i < 10; i++) { names << 'nee' + 'dle-' + i }
                    taskQueue image: 'acme/a:1', items: names, parallelism: 5
                    """);
            id = run.getExternalizableId();
            String xml = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
            assertThat(xml).contains("<succeeded>9</succeeded>").doesNotContain("needle-");
        });
        sessions.then(jenkins -> {
            WorkflowRun run = (WorkflowRun) hudson.model.Run.fromExternalizableId(id);
            BuildQueue queue = TaskQueueAction.of(run).queue("1");
            assertThat(TaskQueueAction.of(run).getSummaries().get(0).getFailed())
                    .isEqualTo(1);
            assertThat(queue.status().items()).hasSize(10);
            assertThat(queue.log("needle-7").orElseThrow()).contains("log of");
            Files.writeString(run.getRootDir().toPath().resolve("task-queue-1-v1.json"), "no JSON");
            queue.forget();
            assertThat(queue.status().items()).isEmpty();
            assertThat(queue.status().count(ItemState.FAILED)).isEqualTo(1);
            assertThat(queue.status().sentence()).contains("task-queue-1-v1.json");
            assertThat(((WorkflowJob) run.getParent()).getLastBuild()).isSameAs(run);
        });
    }
}
