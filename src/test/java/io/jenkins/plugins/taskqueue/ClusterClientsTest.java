package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.AbortException;
import hudson.util.Secret;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ClusterClientsTest {
    private static ClusterConfig cluster(String url, String credentials) {
        ClusterConfig cluster = new ClusterConfig("near");
        cluster.setServerUrl(url);
        cluster.setCredentialsId(credentials);
        return cluster;
    }

    @Test
    void credentialsAreSentToTheApiServer(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "id", "", Secret.fromString("t0ken")));
        try (var server = FakeServer.ofVersion("34")) {
            cluster(server.url(), "id").client().getKubernetesVersion();

            assertThat(server.authorizations()).containsExactly("Bearer t0ken");
        }
    }

    @Test
    void clientIsSharedUntilTheConfigurationChanges(JenkinsRule jenkins) throws Exception {
        var first = cluster("http://127.0.0.1:1", null).client();
        assertThat(cluster("http://127.0.0.1:1", null).client()).isSameAs(first);
        assertThat(cluster("http://127.0.0.1:2", null).client()).isNotSameAs(first);

        TaskQueueConfiguration.get().setClusters(List.of(cluster("http://127.0.0.1:1", null)));
        assertThat(cluster("http://127.0.0.1:1", null).client()).isNotSameAs(first);
    }

    @Test
    void missingCredentialsAreASentence(JenkinsRule jenkins) {
        assertThatExceptionOfType(AbortException.class)
                .isThrownBy(() -> cluster("http://127.0.0.1:1", "gone").client())
                .withMessageContaining("\"near\"")
                .withMessageContaining("\"gone\"");
    }

    @Test
    void namespaceIsTheConfiguredOneOrTheConnections(JenkinsRule jenkins) throws Exception {
        ClusterConfig cluster = cluster("http://127.0.0.1:1", null);
        assertThat(cluster.namespace()).isEqualTo("default");
        cluster.setNamespace("media");
        assertThat(cluster.namespace()).isEqualTo("media");
    }
}
