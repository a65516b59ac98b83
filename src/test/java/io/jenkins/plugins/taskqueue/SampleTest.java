package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.GroovyShell;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.taskqueue.engine.kubernetes.UserPod;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What {@code mvn hpi:run} begins with. */
@WithJenkins
class SampleTest {
    private static final Path SAMPLE = Path.of("src/sample").toAbsolutePath();

    @Test
    void isConfiguredAndHasAJobThatNamesWhatThereIs(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get().configure(SAMPLE.resolve("jenkins.yaml").toString());
        System.setProperty("task-queue.sample", SAMPLE.toString());
        try {
            new GroovyShell(jenkins.jenkins.getPluginManager().uberClassLoader)
                    .evaluate(SAMPLE.resolve("init.groovy.d/job.groovy").toFile());
        } finally {
            System.clearProperty("task-queue.sample");
        }

        WorkflowJob job = jenkins.jenkins.getItemByFullName("squares", WorkflowJob.class);
        String script = ((CpsFlowDefinition) job.getDefinition()).getScript();
        assertThat(script).isEqualTo(Files.readString(SAMPLE.resolve("squares.groovy")));
        assertThat(script).contains("source: 'numbers'");
        assertThat(TaskQueueConfiguration.get().cluster(null, job).getName()).isEqualTo("mine");
        ImageLocation source = (ImageLocation)
                TaskQueueConfiguration.get().ambassador("numbers", job).getLocation();
        UserPod.check(source.getPodYaml());
        assertThat(source.getPodYaml()).contains("case $PATH_INFO in", "${PATH_INFO##*/}");
    }
}
