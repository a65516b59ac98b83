package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.scaling.ScalingSpec;
import io.jenkins.plugins.taskqueue.engine.worker.Toleration;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step's form, in a freestyle job and in the Snippet Generator. */
@WithJenkins
class StepFormTest {
    private static JenkinsRule jenkins;
    private static FreeStyleProject job;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = rule.createFreeStyleProject();
        TaskQueueConfiguration.get()
                .setAmbassadors(List.of(new AmbassadorConfig("videos", new UrlLocation("http://127.0.0.1:1/"))));
        TaskQueueConfiguration.get().setClusters(List.of(new ClusterConfig("near")));
    }

    private static TaskQueueStep.DescriptorImpl form() {
        return Jenkins.get().getDescriptorByType(TaskQueueStep.DescriptorImpl.class);
    }

    private static TaskQueueStep full() {
        TaskQueueStep step = Pipelines.step("acme/thumbnailer:1");
        step.setParallelism(8);
        step.setMaxParallelism(20);
        step.setUtilization(80);
        step.setDrainWithin("30m");
        step.setQueue("nightly");
        step.setCluster("near");
        step.setNamespace("media");
        step.setCommand(List.of("sh", "-c", "convert \"$(cat x)\""));
        step.setArgs(List.of("--fast"));
        step.setEnv(Map.of("SIZE", "large"));
        step.setSecretEnv(List.of("PASSWORD=store/password"));
        step.setResources(List.of("cpu=500m", "limits.memory=1Gi"));
        step.setRetries(2);
        step.setTimeout("10m");
        step.setMaxFailures("5%");
        step.setOnFailure("UNSTABLE");
        step.setUnstableIfTolerated(true);
        step.setBatch(7);
        step.setKueue("team-a");
        step.setPriorityClass("low");
        step.setServiceAccount("puller");
        step.setServiceAccountToken(true);
        step.setVolumes(List.of("pvc:videos:/videos:ro", "empty:/scratch"));
        step.setTolerations(List.of("gpu=true:NoSchedule"));
        step.setNodeSelector(Map.of("disk", "ssd"));
        step.setRunAsUser(1000);
        step.setPodYaml("spec:\n  nodeName: one\n");
        step.setKeepRunning("30m");
        return step;
    }

    private static TaskQueueStep afterTheForm(TaskQueueStep step) throws Exception {
        return jenkins.configRoundtrip(new TaskQueueBuilder(step)).getStep();
    }

    @Test
    void everySettingComesBackFromTheForm() throws Exception {
        TaskQueueStep source = full();
        source.setSource("videos");
        TaskQueueStep items = full();
        items.setItems(List.of("a", "b"));

        assertThat(afterTheForm(source)).usingRecursiveComparison().isEqualTo(source);
        assertThat(afterTheForm(items)).usingRecursiveComparison().isEqualTo(items);
    }

    @Test
    void whatWasNotSetStaysSo() throws Exception {
        TaskQueueStep bare = Pipelines.step("acme/a:1");

        assertThat(afterTheForm(bare)).usingRecursiveComparison().isEqualTo(bare);
    }

    @Test
    void theSnippetNamesWhatIsNotTheDefault() throws Exception {
        TaskQueueStep step = Pipelines.step("acme/a:1");
        step.setItems("a\nb");
        step.setParallelism(2);

        assertThat(Snippetizer.object2Groovy(step))
                .isEqualTo("taskQueue image: 'acme/a:1', items: ['a', 'b'], parallelism: 2");
    }

    @Test
    void whatTheSettingsMeanToTheEngine() {
        TaskQueueStep step = full();
        step.setItems(List.of("a"));

        QueueSpec spec = StepSpec.of(step, request(step), Duration.ofSeconds(3));

        assertThat(spec.named()).isTrue();
        assertThat(spec.name()).isEqualTo("nightly");
        assertThat(spec.parallelism()).isEqualTo(20);
        assertThat(spec.scaling()).isEqualTo(new ScalingSpec(8, 20, 80, Duration.ofMinutes(30), ScalingSpec.WINDOW));
        assertThat(spec.retries()).isEqualTo(2);
        assertThat(spec.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(spec.failures()).hasToString("5%");
        assertThat(spec.batchItems()).isEqualTo(7);
        assertThat(spec.kueueQueue()).isEqualTo("team-a");
        assertThat(spec.worker().priorityClass()).isEqualTo("low");
        assertThat(spec.poll()).isEqualTo(Duration.ofSeconds(3));
        assertThat(spec.keepRunning()).isEqualTo(Duration.ofMinutes(30));
        assertThat(spec.worker().command()).containsExactly("sh", "-c", "convert \"$(cat x)\"");
        assertThat(spec.worker().args()).containsExactly("--fast");
        assertThat(spec.worker().env()).hasSize(2);
        assertThat(spec.worker().requests()).isEqualTo(Map.of("cpu", "500m"));
        assertThat(spec.worker().limits()).isEqualTo(Map.of("cpu", "500m", "memory", "1Gi"));
        assertThat(spec.worker().serviceAccount()).isEqualTo("puller");
        assertThat(spec.worker().security()).isEqualTo(new WorkerSpec.Security(1000L, false, false, true));
        assertThat(spec.worker().volumes())
                .extracting(volume -> volume.mountPath() + " " + volume.readOnly())
                .containsExactly("/videos true", "/scratch false");
        assertThat(spec.worker().tolerations()).containsExactly(new Toleration("gpu", "true", "NoSchedule"));
        assertThat(spec.worker().nodeSelector()).isEqualTo(Map.of("disk", "ssd"));
        assertThat(spec.worker().podYaml()).contains("nodeName");
    }

    @Test
    void aBatchThatIsNotGivenIsTheEnginesOwn() {
        TaskQueueStep step = Pipelines.step("acme/a:1");
        step.setItems(List.of("a"));
        step.setQueue("nightly");

        assertThat(StepSpec.of(step, request(step), Duration.ZERO).batchItems()).isEqualTo(100);
        step.setKueue("team-a");
        assertThat(StepSpec.of(step, request(step), Duration.ZERO).batchItems()).isEqualTo(1);
    }

    private static QueueRequest request(TaskQueueStep step) {
        return new QueueRequest("1", step, null, 0);
    }

    @Test
    void theFormOffersTheConfiguredNames() {
        assertThat(form().doFillSourceItems(job, ""))
                .extracting(option -> option.value)
                .contains("videos");
        assertThat(form().doFillClusterItems(job, ""))
                .extracting(option -> option.value)
                .contains("near");
        assertThat(form().doFillSourceItems(null, "kept"))
                .extracting(option -> option.value)
                .containsExactly("kept");
    }

    @Test
    void whatIsWrongIsToldBelowItsField() {
        assertThat(form().doCheckItems(job, "", "")).hasMessageContaining("Choose a source");
        assertThat(form().doCheckItems(job, "a", "videos")).hasMessageContaining("leave one of them empty");
        assertThat(form().doCheckItems(job, "a\na", "")).hasMessageContaining("twice");
        assertThat(form().doCheckImage(job, "")).hasMessageContaining("image");
        assertThat(form().doCheckParallelism(job, "-1")).hasMessageContaining("1 or more");
        assertThat(form().doCheckParallelism(job, "0").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(form().doCheckRetries(job, "x")).hasMessageContaining("0 or more");
        assertThat(form().doCheckBatch(job, "101")).hasMessageContaining("1 to 100");
        assertThat(form().doCheckKueue(job, "Team")).hasMessageContaining("name of a LocalQueue");
        assertThat(form().doCheckTimeout(job, "10")).hasMessageContaining("no duration");
        assertThat(form().doCheckKeepRunning(job, "soon")).hasMessageContaining("no duration");
        assertThat(form().doCheckMaxFailures(job, "101%")).hasMessageContaining("no limit of failures");
        assertThat(form().doCheckEnv(job, "A=1\nB")).hasMessageContaining("NAME=VALUE");
        assertThat(form().doCheckSecretEnv(job, "A=b")).hasMessageContaining("NAME=SECRET/KEY");
        assertThat(form().doCheckResources(job, "cpu")).hasMessageContaining("NAME=AMOUNT");
        assertThat(form().doCheckVolumes(job, "nfs:a:/b")).hasMessageContaining("KIND:SOURCE:PATH");
        assertThat(form().doCheckTolerations(job, "gpu:Never")).hasMessageContaining("no effect of a taint");
        assertThat(form().doCheckNodeSelector(job, "ssd")).hasMessageContaining("LABEL=VALUE");
        assertThat(form().doCheckRunAsUser(job, "0")).hasMessageContaining("no worker is root");
        assertThat(form().doCheckNamespace(job, "Media")).hasMessageContaining("lower-case");
        assertThat(form().doCheckMaxParallelism(job, "0")).hasMessageContaining("from 1 on");
        assertThat(form().doCheckUtilization(job, "101")).hasMessageContaining("from 1 to 100");
        assertThat(form().doCheckDrainWithin(job, "soon")).hasMessageContaining("no duration");
        assertThat(form().doCheckPodYaml(job, "kind: Job")).hasMessageContaining("kind Job");
    }

    @Test
    void whatIsRightIsLeftAlone() {
        assertThat(List.of(
                        form().doCheckItems(job, "a\nb", ""),
                        form().doCheckItems(job, "", "videos"),
                        form().doCheckImage(job, "acme/a:1"),
                        form().doCheckParallelism(job, "8"),
                        form().doCheckMaxParallelism(job, ""),
                        form().doCheckDrainWithin(job, "30m"),
                        form().doCheckBatch(job, ""),
                        form().doCheckKueue(job, "team-a"),
                        form().doCheckKueue(job, ""),
                        form().doCheckTimeout(job, ""),
                        form().doCheckTimeout(job, "1h30m"),
                        form().doCheckMaxFailures(job, ""),
                        form().doCheckEnv(job, "A=1\nB="),
                        form().doCheckSecretEnv(job, "A=b/c"),
                        form().doCheckResources(job, "requests.cpu=1"),
                        form().doCheckVolumes(job, "pvc:a:/b\nempty:/c"),
                        form().doCheckTolerations(job, "gpu"),
                        form().doCheckNodeSelector(job, "disk=ssd"),
                        form().doCheckRunAsUser(job, ""),
                        form().doCheckRunAsUser(job, "1000"),
                        form().doCheckNamespace(job, "media"),
                        form().doCheckPodYaml(job, "spec:\n  nodeName: one")))
                .allSatisfy(validation -> assertThat(validation.kind).isEqualTo(FormValidation.Kind.OK));
    }

    @Test
    void onlyWhoMayConfigureTheJobHasSettingsChecked() throws Exception {
        List<Method> checks = JobReader.methods(TaskQueueStepDescriptor.class, "doCheck");

        assertThat(checks).hasSize(21);
        JobReader.isRefused(jenkins, job, form(), checks, () -> {
            assertThat(form().doFillSourceItems(job, ""))
                    .extracting(option -> option.value)
                    .containsExactly("");
            assertThat(form().doFillClusterItems(job, ""))
                    .extracting(option -> option.value)
                    .containsExactly("");
        });
    }
}
