package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the author of a job may take of a cluster, and how an administrator allows more. */
@WithJenkins
class BorderTest {
    private static final String TOKEN = "serviceAccount: 'task-queue', serviceAccountToken: true";

    private final FakeClusters fakes = FakeClusters.use();
    private JenkinsRule jenkins;

    @BeforeEach
    void cluster(JenkinsRule rule) {
        jenkins = rule;
        TaskQueueConfiguration.get().setClusters(List.of(new ClusterConfig("near")));
    }

    @AfterEach
    void close() {
        fakes.close();
    }

    private WorkflowRun run(Result result, String settings) throws Exception {
        return new Pipelines(jenkins).run(result, "taskQueue image: 'acme/a:1', items: ['a'], " + settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "namespace: 'b' | The namespace \"b\" of the cluster \"near\" is not one that jobs may name",
                "namespace: '../../api/v1/namespaces/b' | is not one that jobs may name",
                "serviceAccount: 'task-queue' | The service account \"task-queue\" is not one",
                "serviceAccount: 'task-queue', serviceAccountToken: true | The token of the service account",
                "serviceAccountToken: true | The token of the service account \"default\" is not one",
                "secretEnv: [P: 'store/password'] | The Secret \"store\" is not one",
                "volumes: ['secret:store:/s'] | The Secret \"store\" is not one",
                "volumes: ['host:/etc:/e'] | mounts the path /etc of its node",
                "podYaml: 'spec: {}' | podYaml is not allowed in the cluster \"near\""
            })
    void whatNobodyAllowedIsRefusedWithAReason(String settings, String sentence) throws Exception {
        WorkflowRun run = run(Result.FAILURE, settings);

        jenkins.assertLogContains(sentence, run);
        jenkins.assertLogContains("Manage Jenkins, System, Task queues", run);
        assertThat(OpenQueues.get().entries(entry -> true)).isEmpty();
    }

    /** With YAML allowed it is no way around the rest. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "spec: {serviceAccountName: task-queue} | The service account \"task-queue\" is not one",
                "spec: {automountServiceAccountToken: true} | mounts a token of the service account",
                "spec: {volumes: [{name: v, secret: {secretName: store}}]} | The Secret \"store\" is not one",
                "spec: {imagePullSecrets: [{name: store}]} | The Secret \"store\" is not one"
            })
    void aPodInYamlIsHeldToTheSame(String yaml, String sentence) throws Exception {
        TaskQueueConfiguration.get().getClusters().get(0).setPodYaml(true);

        jenkins.assertLogContains(sentence, run(Result.FAILURE, "podYaml: '" + yaml + "'"));
        run(Result.SUCCESS, "podYaml: 'spec: {}'");
    }

    @Test
    void whatHasASettingOfItsOwnNeedsNobodysLeave() throws Exception {
        run(
                Result.SUCCESS,
                "volumes: ['pvc:videos:/videos:ro', 'empty:/tmp'], tolerations: ['gpu'], runAsUser: 1000,"
                        + " nodeSelector: [disk: 'ssd']");
    }

    @Test
    void anAdministratorAllowsItByTheForm() throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("configure");
        HtmlForm form = page.getFormByName("config");
        form.getTextAreaByName("_.namespaces").setText("b\nteam-*");
        form.getTextAreaByName("_.serviceAccounts").setText("task-queue");
        form.getTextAreaByName("_.secrets").setText("store");
        form.getInputByName("_.podYaml").click();
        jenkins.submit(form);

        everythingIsAllowed();
    }

    @Test
    void anAdministratorAllowsItAsCode(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), """
                unclassified:
                  taskQueue:
                    clusters:
                      - name: near
                        namespaces: |-
                          b
                          team-*
                        serviceAccounts: task-queue
                        secrets: store
                        podYaml: true
                """);
        ConfigurationAsCode.get().configure(file.toString());

        everythingIsAllowed();
    }

    private void everythingIsAllowed() throws Exception {
        run(Result.SUCCESS, "namespace: 'b'");
        run(Result.SUCCESS, "namespace: 'team-c'");
        run(Result.FAILURE, "namespace: 'c'");
        run(Result.SUCCESS, TOKEN);
        run(Result.FAILURE, TOKEN.replace("task-queue", "other"));
        run(Result.SUCCESS, "secretEnv: [P: 'store/password']");
        run(Result.FAILURE, "secretEnv: [P: 'other/password']");
        run(Result.SUCCESS, "volumes: ['host:/etc:/e']");
        run(Result.SUCCESS, "podYaml: 'spec: {serviceAccountName: task-queue}'");
    }
}
