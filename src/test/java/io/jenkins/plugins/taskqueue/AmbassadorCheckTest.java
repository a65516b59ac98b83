package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.FormValidation;
import hudson.util.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class AmbassadorCheckTest {
    private static final String PROXY = "/api/v1/namespaces/media/services/http%3Avideos%3A80/proxy/api/v1/items";

    private static FormValidation url(String url) {
        return new UrlLocation.DescriptorImpl().doTestConnection(url, "");
    }

    private static FormValidation service() {
        return new ServiceLocation.DescriptorImpl().doTestConnection("media", "videos", "80", false, "api/v1");
    }

    private static void cluster(FakeServer server) {
        ClusterConfig cluster = new ClusterConfig("near");
        cluster.setServerUrl(server.url());
        TaskQueueConfiguration.get().setClusters(List.of(cluster));
    }

    @Test
    void numberAndFirstNamesAreShown(JenkinsRule jenkins) throws Exception {
        try (var one = FakeServer.listing("\"a\"");
                var many = FakeServer.listing("\"a\",\"b\",\"c\",\"d\",\"<e>\",\"f\"");
                var none = FakeServer.listing("")) {
            assertThat(url(one.url()).getMessage()).isEqualTo("It lists 1 item: &quot;a&quot;.");
            assertThat(url(many.url()).getMessage())
                    .contains("6 items", "&quot;d&quot;, &quot;&lt;e&gt;&quot;")
                    .doesNotContain("&quot;f&quot;", "<e>");
            assertThat(url(none.url()).kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(url(none.url()).getMessage()).contains("no items now");
        }
    }

    @Test
    void tokenIsSent(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "id", "", Secret.fromString("t0ken")));
        try (var server = FakeServer.listing("\"a\"")) {
            new UrlLocation.DescriptorImpl().doTestConnection(server.url(), "id");
            assertThat(server.authorizations()).containsExactly("Bearer t0ken");

            assertThat(new UrlLocation.DescriptorImpl()
                            .doTestConnection(server.url(), "other")
                            .getMessage())
                    .contains("no secret text with that ID");
        }
    }

    @Test
    void nothingOfAnAnswerIsShown(JenkinsRule jenkins) throws Exception {
        for (int status : new int[] {200, 400, 401, 403, 404, 500, 503}) {
            for (String body : new String[] {
                "s3cret",
                "{\"message\":\"s3cret\"}",
                "{\"kind\":\"s3cret\"}",
                "{\"apiVersion\":\"s3cret\"",
                "[\"s3cret\"]"
            }) {
                try (var server = new FakeServer().with("/items", status, body)) {
                    FormValidation found = url(server.url());
                    assertThat(found.kind).as("%d %s", status, body).isEqualTo(FormValidation.Kind.ERROR);
                    assertThat(found.getMessage()).isNotBlank().doesNotContain("s3cret");
                }
            }
        }
    }

    @Test
    void redirectIsNeitherFollowedNorShown(JenkinsRule jenkins) throws Exception {
        try (var elsewhere = FakeServer.listing("\"a\"");
                var server = new FakeServer().redirecting("/items", elsewhere.url() + "/items")) {
            assertThat(url(server.url()).getMessage())
                    .contains("redirects are not followed")
                    .doesNotContain(elsewhere.url());
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void whatIsNoUrlOfAnAmbassadorIsNotTried(JenkinsRule jenkins) {
        assertThat(url("file:///etc/passwd").getMessage()).contains("does not begin with http");
        assertThat(url("").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void serviceIsReachedThroughTheApiServer(JenkinsRule jenkins) throws Exception {
        try (var server = new FakeServer().with(PROXY, 200, FakeServer.list("\"a\",\"b\""))) {
            cluster(server);

            assertThat(service().getMessage()).contains("2 items");
            assertThat(server.requests()).containsExactly(PROXY);
        }
    }

    @Test
    void whereThereAreSeveralClustersTheOneThatWasTriedIsNamed(JenkinsRule jenkins) throws Exception {
        try (var server = new FakeServer().with(PROXY, 200, FakeServer.list("\"<b>\""))) {
            cluster(server);
            var configuration = TaskQueueConfiguration.get();
            var clusters = new ArrayList<>(configuration.getClusters());
            String first = clusters.get(0).getName();
            clusters.add(new ClusterConfig("another"));
            configuration.setClusters(clusters);

            assertThat(service().getMessage())
                    .contains("\"" + first + "\", the first", "1 item")
                    .contains("&lt;b&gt;");
        }
    }

    @Test
    void redirectOfAServiceIsNotFollowed(JenkinsRule jenkins) throws Exception {
        try (var elsewhere = FakeServer.listing("\"a\"");
                var server = new FakeServer().redirecting(PROXY, elsewhere.url() + "/items")) {
            cluster(server);

            assertThat(service().getMessage()).contains("redirects are not followed");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void serviceThatIsNoNameIsNotTried(JenkinsRule jenkins) throws Exception {
        try (var server = new FakeServer()) {
            cluster(server);
            for (String name : List.of("", "../secrets", "a:b", "a/b", "a?b", "A")) {
                assertThat(new ServiceLocation.DescriptorImpl().doTestConnection("media", name, "80", false, "").kind)
                        .as(name)
                        .isEqualTo(FormValidation.Kind.ERROR);
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void withoutAClusterThereIsASentence(JenkinsRule jenkins) {
        assertThat(service().getMessage()).contains("There is no cluster");
        assertThat(new ImageLocation.DescriptorImpl()
                        .doTestConnection("acme/videos:1", "8080", "", "", "")
                        .getMessage())
                .contains("There is no cluster");
    }
}
