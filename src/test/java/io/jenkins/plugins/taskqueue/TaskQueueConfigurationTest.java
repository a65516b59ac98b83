package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.model.FreeStyleProject;
import java.util.List;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class TaskQueueConfigurationTest {
    private static ClusterConfig cluster(String name, String jobs) {
        ClusterConfig cluster = new ClusterConfig(name);
        cluster.setJobs(jobs);
        return cluster;
    }

    private static AmbassadorConfig ambassador(String name, String jobs) {
        AmbassadorConfig ambassador = new AmbassadorConfig(name, new UrlLocation("http://127.0.0.1:1"));
        ambassador.setJobs(jobs);
        return ambassador;
    }

    @Test
    void formKeepsEverything(JenkinsRule jenkins) throws Exception {
        SampleConfiguration.set(TaskQueueConfiguration.get());

        jenkins.configRoundtrip();

        SampleConfiguration.assertIsIn(TaskQueueConfiguration.get());
    }

    @Test
    void everythingIsThereAfterARestart(JenkinsRule jenkins) throws Throwable {
        SampleConfiguration.set(TaskQueueConfiguration.get());

        jenkins.restart();

        SampleConfiguration.assertIsIn(TaskQueueConfiguration.get());
    }

    @Test
    void lastOnesCanBeDeletedInTheForm(JenkinsRule jenkins) throws Exception {
        TaskQueueConfiguration configuration = TaskQueueConfiguration.get();
        configuration.setClusters(List.of(cluster("near", null)));
        configuration.setAmbassadors(List.of(ambassador("videos", null)));
        HtmlPage page = jenkins.createWebClient().goTo("configure");
        HtmlForm form = page.getFormByName("config");
        for (String title : List.of("Delete cluster", "Delete ambassador")) {
            form.getByXPath(".//button[@title='" + title + "' or normalize-space()='" + title + "']").stream()
                    .map(HtmlElement.class::cast)
                    .filter(HtmlElement::isDisplayed)
                    .forEach(button -> {
                        try {
                            button.click();
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
        }
        jenkins.submit(form);

        assertThat(configuration.getClusters()).isEmpty();
        assertThat(configuration.getAmbassadors()).isEmpty();
    }

    @Test
    void twoOfOneNameAreRefusedAndNothingIsChanged(JenkinsRule jenkins) {
        TaskQueueConfiguration configuration = TaskQueueConfiguration.get();
        configuration.setClusters(List.of(cluster("near", null)));

        assertThatThrownBy(() -> configuration.setClusters(List.of(cluster("far", null), cluster("far", null))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"far\"");
        assertThatThrownBy(() -> configuration.setAmbassadors(List.of(ambassador(" ", null))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(configuration.getClusters())
                .extracting(ClusterConfig::getName)
                .containsExactly("near");
    }

    @Test
    void jobGetsTheFirstClusterThatItMayUse(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("nightly");
        TaskQueueConfiguration configuration = TaskQueueConfiguration.get();
        assertThatExceptionOfType(AbortException.class)
                .isThrownBy(() -> configuration.cluster(null, job))
                .withMessageContaining("There is no cluster that this job may use");
        configuration.setClusters(List.of(cluster("near", "media/*"), cluster("far", "night*"), cluster("any", null)));

        assertThat(configuration.cluster(null, job).getName()).isEqualTo("far");
        assertThat(configuration.cluster(" any ", job).getName()).isEqualTo("any");
        assertThat(configuration.cluster("near", null).getName()).isEqualTo("near");
        assertThatExceptionOfType(AbortException.class)
                .isThrownBy(() -> configuration.cluster("near", job))
                .withMessageContaining("\"nightly\" may not use \"near\"");
        assertThatExceptionOfType(AbortException.class)
                .isThrownBy(() -> configuration.cluster("https://elsewhere", job))
                .withMessageContaining("This job may use: far, any");
    }

    @Test
    void jobGetsOnlyAnAmbassadorThatItMayUse(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("nightly");
        TaskQueueConfiguration configuration = TaskQueueConfiguration.get();
        configuration.setAmbassadors(List.of(ambassador("videos", "media/*"), ambassador("songs", null)));

        assertThat(configuration.ambassador("songs", job).getName()).isEqualTo("songs");
        assertThatExceptionOfType(AbortException.class)
                .isThrownBy(() -> configuration.ambassador("videos", job))
                .withMessageContaining("may not use \"videos\"");
        assertThatExceptionOfType(AbortException.class)
                .isThrownBy(() -> configuration.ambassador("http://127.0.0.1:1", job))
                .withMessageContaining("This job may use: songs");
    }

    @Test
    void formsOfferWhatTheJobMayUseAndKeepWhatIsChosen(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("nightly");
        TaskQueueConfiguration configuration = TaskQueueConfiguration.get();
        configuration.setClusters(List.of(cluster("near", "media/*"), cluster("far", null)));
        configuration.setAmbassadors(List.of(ambassador("videos", "media/*"), ambassador("songs", null)));

        assertThat(configuration.fillClusterItems(job, "gone"))
                .extracting(option -> option.value)
                .containsExactly("", "far", "gone");
        assertThat(configuration.fillSourceItems(job, null))
                .extracting(option -> option.value)
                .containsExactly("", "songs");
        assertThat(configuration.fillSourceItems(null, "songs"))
                .extracting(option -> option.value)
                .containsExactly("", "videos", "songs");

        var step = jenkins.jenkins.getDescriptorByType(TaskQueueStep.DescriptorImpl.class);
        assertThat(step.doFillClusterItems(job, null))
                .extracting(option -> option.value)
                .containsExactly("", "far");
        assertThat(step.doFillSourceItems(job, null))
                .extracting(option -> option.value)
                .containsExactly("", "songs");
    }
}
