package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

class TaskQueueConfigurationAsCodeTest extends AbstractRoundTripTest {
    @Override
    protected void assertConfiguredAsExpected(JenkinsRule jenkins, String content) {
        SampleConfiguration.assertIsIn(TaskQueueConfiguration.get());
    }

    @Override
    protected String stringInLogExpected() {
        return "kubernetes.example.com";
    }

    @Test
    void whatIsExportedConfiguresTheSame(JenkinsRule jenkins) throws Exception {
        SampleConfiguration.set(TaskQueueConfiguration.get());
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String yaml = exported.toString(StandardCharsets.UTF_8);
        assertThat(yaml).contains("taskQueue:", "limit: 200", "service: \"songs\"");
        int begin = yaml.indexOf("  taskQueue:");
        String ours = yaml.substring(begin)
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("   "))
                .reduce("unclassified:\n  taskQueue:\n", (text, line) -> text + line + "\n");
        TaskQueueConfiguration.get().setClusters(null);
        TaskQueueConfiguration.get().setAmbassadors(null);

        Path file = Files.writeString(tempFolder.resolve("exported.yaml"), ours);
        ConfigurationAsCode.get().configure(file.toString());

        SampleConfiguration.assertIsIn(TaskQueueConfiguration.get());
    }
}
