package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A step whose worker is several images. */
@WithJenkins
class StagesTest {
    private static final String STAGES = "stages: [[name: 'decode', image: 'acme/decode:1', command: ['decode', '-v']],"
            + " [name: 'encode', image: 'acme/encode:1', env: [LEVEL: 9]]]";

    private static JenkinsRule jenkins;
    private static FreeStyleProject job;

    private final FakeClusters fakes = FakeClusters.use();

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = rule.createFreeStyleProject();
    }

    @AfterEach
    void tearDown() {
        fakes.close();
    }

    private static WorkerStage.DescriptorImpl form() {
        return Jenkins.get().getDescriptorByType(WorkerStage.DescriptorImpl.class);
    }

    private static TaskQueueStep staged() {
        WorkerStage full = new WorkerStage("fetch", "acme/fetch:1");
        full.setCommand(List.of("sh", "-c", "get \"$(cat x)\""));
        full.setArgs(List.of("--fast"));
        full.setEnv(Map.of("SIZE", "large"));
        full.setSecretEnv(List.of("PASSWORD=store/password"));
        TaskQueueStep step = new TaskQueueStep();
        step.setItems(List.of("a"));
        step.setStages(List.of(full, new WorkerStage("encode", "acme/encode:1")));
        return step;
    }

    @Test
    void theyComeBackFromTheForm() throws Exception {
        TaskQueueStep after =
                jenkins.configRoundtrip(new TaskQueueBuilder(staged())).getStep();

        assertThat(after).usingRecursiveComparison().isEqualTo(staged());
    }

    @Test
    void theSnippetGeneratorWritesThemAsMaps() {
        TaskQueueStep step = new TaskQueueStep();
        step.setItems("a");
        WorkerStage decode = new WorkerStage("decode", "acme/decode:1");
        decode.setCommand("decode\n-v");
        step.setStages(List.of(decode, new WorkerStage("encode", "acme/encode:1")));

        assertThat(Snippetizer.object2Groovy(step))
                .isEqualTo("taskQueue items: ['a'], stages: [[command: ['decode', '-v'], image: 'acme/decode:1',"
                        + " name: 'decode'], [image: 'acme/encode:1', name: 'encode']]");
    }

    @Test
    void theEngineIsGivenEachWithItsOwnVariables() {
        WorkerSpec worker = StepWorker.of(staged());

        assertThat(worker.image()).isEmpty();
        assertThat(worker.stages())
                .containsExactly(
                        new Stage(
                                "fetch",
                                "acme/fetch:1",
                                List.of("sh", "-c", "get \"$(cat x)\""),
                                List.of("--fast"),
                                List.of(
                                        EnvVar.literal("SIZE", "large"),
                                        EnvVar.secret("PASSWORD", "store", "password"))),
                        new Stage("encode", "acme/encode:1", List.of(), List.of(), List.of()));
    }

    @Test
    void aPipelineSaysThemAsMapsWithoutAnImageOfTheWorker() throws Exception {
        WorkflowRun scripted = new Pipelines(jenkins).run(Result.SUCCESS, "taskQueue items: ['a'], " + STAGES);
        WorkflowRun declarative = new Pipelines(jenkins)
                .run(
                        Result.SUCCESS,
                        "pipeline { agent none; stages { stage('all') { steps { taskQueue items: ['a'], " + STAGES
                                + " } } } }");

        jenkins.assertLogContains("worker stages decode (acme/decode:1), encode (acme/encode:1),", scripted);
        assertThat(fakes.queue(scripted).successes()).containsOnlyKeys("a");
        assertThat(fakes.queue(declarative).successes()).containsOnlyKeys("a");
        assertThat(TaskQueueAction.of(scripted).queue("1").getRequest().getImage())
                .isEqualTo("acme/decode:1, acme/encode:1");
    }

    @Test
    void aFreestyleJobPutsTheBuildsVariablesIn() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        TaskQueueStep step = new TaskQueueStep();
        step.setItems("a");
        step.setStages(List.of(new WorkerStage("decode", "acme/decode:$BUILD_NUMBER")));
        project.getBuildersList().add(new TaskQueueBuilder(step));

        jenkins.assertLogContains("worker stages decode (acme/decode:1),", jenkins.buildAndAssertSuccess(project));
    }

    @Test
    void whatCanNotBeAStageIsRefusedWithASentence() throws Exception {
        refused("[name: 'Decode', image: 'a:1']", "can't be the name of a stage");
        refused("[name: 'decode']", "The stage \"decode\" has no image");
        refused("[name: 'a', image: 'a:1'], [name: 'a', image: 'b:1']", "Two stages have the name \"a\"");
        refused("[name: 'a', image: 'a:1', env: ['SIZE']]", "NAME=VALUE");
        refused("", "The worker's image is missing");
        jenkins.assertLogContains(
                "Both stages and an image of the worker are given",
                new Pipelines(jenkins).run(Result.FAILURE, "taskQueue image: 'a:1', items: ['a'], " + STAGES));
    }

    private static void refused(String stages, String sentence) throws Exception {
        String script = "taskQueue items: ['a'], stages: [" + stages + "]";
        jenkins.assertLogContains(sentence, new Pipelines(jenkins).run(Result.FAILURE, script));
    }

    @Test
    void whatIsWrongIsToldBelowItsField() {
        assertThat(form().doCheckName(job, "")).hasMessageContaining("name of a stage");
        assertThat(form().doCheckName(job, "worker")).hasMessageContaining("can&#039;t be the name of a stage");
        assertThat(form().doCheckImage(job, "", "")).hasMessageContaining("Give the image of the stage");
        assertThat(form().doCheckImage(job, "a:1", "b:1")).hasMessageContaining("leave that empty");
        assertThat(form().doCheckEnv(job, "A")).hasMessageContaining("NAME=VALUE");
        assertThat(form().doCheckSecretEnv(job, "A=b")).hasMessageContaining("NAME=SECRET/KEY");
        assertThat(List.of(
                        form().doCheckName(job, "decode"),
                        form().doCheckName(job, "$STAGE"),
                        form().doCheckImage(job, "a:1", ""),
                        form().doCheckEnv(job, "A=1\nB="),
                        form().doCheckSecretEnv(job, "A=b/c")))
                .allSatisfy(validation -> assertThat(validation.kind).isEqualTo(FormValidation.Kind.OK));
    }

    @Test
    void onlyWhoMayConfigureTheJobHasThemChecked() throws Exception {
        List<Method> checks = JobReader.methods(WorkerStage.DescriptorImpl.class, "do");

        assertThat(checks).hasSize(4);
        JobReader.isRefused(jenkins, job, form(), checks, () -> {});
    }
}
