package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.cert.CertPathBuilderException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ClusterCheckTest {
    private static FormValidation check(FakeServer server) {
        return check(server.url());
    }

    private static FormValidation check(String url) {
        ClusterConfig cluster = new ClusterConfig("near");
        cluster.setServerUrl(url);
        cluster.setNamespace("media");
        return ClusterCheck.of(cluster);
    }

    @Test
    void versionAndEveryRightAreFound(JenkinsRule jenkins) throws Exception {
        try (var server = FakeServer.ofVersion("34")) {
            FormValidation found = check(server);

            assertThat(found.kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(found.getMessage()).contains("v1.34.4", "namespace media", "Every right is there");
        }
    }

    @Test
    void eachMissingRightIsNamed(JenkinsRule jenkins) throws Exception {
        try (var server = FakeServer.ofVersion("34").denying("create pods", "patch jobs/status")) {
            FormValidation found = check(server);

            assertThat(found.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(found.getMessage())
                    .contains("v1.34.4", "media", "create pods", "patch jobs/status", "containers/deploy/role.yaml")
                    .doesNotContain("delete pods");
        }
    }

    @Test
    void whatOnlyAmbassadorsNeedIsNoError(JenkinsRule jenkins) throws Exception {
        try (var server = FakeServer.ofVersion("34").denying("get services/proxy")) {
            FormValidation found = check(server);

            assertThat(found.kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(found.getMessage()).contains("get services/proxy", "only for ambassadors");
        }
    }

    @Test
    void serverThatIsTooOldIsRefused(JenkinsRule jenkins) throws Exception {
        try (var server = FakeServer.ofVersion("31")) {
            assertThat(check(server).getMessage()).contains("v1.31.4", "1.32 or later");
        }
    }

    @Test
    void nothingOfAnAnswerIsShown(JenkinsRule jenkins) throws Exception {
        for (int status : new int[] {200, 400, 401, 403, 404, 500}) {
            for (String body : new String[] {
                "s3cret",
                "{\"gitVersion\":\"s3cret\",\"major\":\"s3cret\",\"minor\":\"s3cret\"}",
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"s3cret\",\"code\":" + status + "}"
            }) {
                try (var server = new FakeServer().with("/version", status, body)) {
                    FormValidation found = check(server);
                    assertThat(found.kind).as("%d %s", status, body).isEqualTo(FormValidation.Kind.ERROR);
                    assertThat(found.getMessage()).isNotBlank().doesNotContain("s3cret");
                }
            }
        }
    }

    @Test
    void redirectIsNotFollowed(JenkinsRule jenkins) throws Exception {
        try (var elsewhere = FakeServer.ofVersion("34");
                var server = new FakeServer().redirecting("/version", elsewhere.url() + "/version")) {
            assertThat(check(server).kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void serverThatIsNotThereIsToldOf(JenkinsRule jenkins) throws Exception {
        String url;
        try (var server = new FakeServer()) {
            url = server.url();
        }
        assertThat(check(url).getMessage()).contains("be reached: Connection refused");
    }

    @Test
    void certificateThatIsNotSignedByAGivenOneIsToldOf() {
        var cause = new CertPathBuilderException("unable to find valid certification path");

        assertThat(ClusterCheck.sentence(
                        new ClusterConfig("near"), new KubernetesClientException("no", new SSLException("no", cause))))
                .contains("not signed by one that is given here", "valid certification path");
    }

    @Test
    void whoHasNoCredentialsIsToldToChooseSome(JenkinsRule jenkins) throws Exception {
        try (var server = new FakeServer().with("/version", 403, "{}")) {
            assertThat(check(server).getMessage()).contains("without credentials: choose some");
        }
    }

    @Test
    void whatIsNoUrlOfAServerIsNotTried(JenkinsRule jenkins) {
        assertThat(check("file:///etc/passwd").getMessage()).contains("Give a URL such as https://");
        assertThat(check("https://user:pass@example.com").getMessage()).contains("without a user");
    }
}
