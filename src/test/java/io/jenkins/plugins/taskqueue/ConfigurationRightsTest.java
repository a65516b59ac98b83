package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.Item;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.verb.POST;

/** Every web method of the configuration, found by reflection so that none is forgotten. */
@WithJenkins
class ConfigurationRightsTest {
    private static final String PARAMETERS =
            "value=x&name=x&namespace=x&namespaces=&service=x&port=80&https=false&path=&image=x&args="
                    + "&podYaml=&serverCertificate=&credentialsId=";

    private JenkinsRule jenkins;

    @BeforeEach
    void people(JenkinsRule rule) {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE, Item.READ, Item.CREATE, Item.CONFIGURE)
                .everywhere()
                .to("author"));
    }

    private static List<Class<?>> describables() {
        return List.of(
                ClusterConfig.class,
                AmbassadorConfig.class,
                UrlLocation.class,
                ServiceLocation.class,
                ImageLocation.class);
    }

    private static Stream<Method> webMethods() {
        return describables().stream()
                .map(type -> Jenkins.get().getDescriptor(type.asSubclass(hudson.model.Describable.class)))
                .flatMap(descriptor -> Arrays.stream(descriptor.getClass().getMethods())
                        .filter(method -> method.getDeclaringClass()
                                .getName()
                                .startsWith(ConfigurationRightsTest.class.getPackageName()))
                        .filter(method -> method.getName().startsWith("do")));
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .withThrowExceptionOnFailingStatusCode(false)
                .login(user);
    }

    private static WebResponse ask(JenkinsRule.WebClient client, Method method, HttpMethod verb, String server)
            throws Exception {
        String name = method.getName().substring(2, 3).toLowerCase(java.util.Locale.ROOT)
                + method.getName().substring(3);
        Class<?> descriptor = describables().stream()
                .map(type -> Jenkins.get().getDescriptor(type.asSubclass(hudson.model.Describable.class)))
                .map(Descriptor::getClass)
                .filter(method.getDeclaringClass()::isAssignableFrom)
                .findFirst()
                .orElseThrow();
        String path = "descriptorByName/" + descriptor.getEnclosingClass().getName() + "/" + name;
        String credentials = name.startsWith("fill") ? "kept" : "";
        String query = "?" + PARAMETERS + credentials + "&url=" + server + "&serverUrl=" + server;
        WebRequest request = new WebRequest(new java.net.URL(client.getContextPath() + path + query), verb);
        return client.loadWebResponse(verb == HttpMethod.POST ? client.addCrumb(request) : request);
    }

    @Test
    void eachTakesPostAlone() throws Exception {
        assertThat(webMethods()).hasSizeGreaterThan(15).allMatch(method -> method.isAnnotationPresent(POST.class));
        try (var server = FakeServer.listing("\"a\"")) {
            var client = client("admin");
            for (Method method : webMethods().toList()) {
                assertThat(ask(client, method, HttpMethod.GET, server.url()).getStatusCode())
                        .as(method.toString())
                        .isIn(404, 405);
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void nobodyButAnAdministratorChecksOrTriesAnything() throws Exception {
        try (var server = FakeServer.listing("\"a\"")) {
            var client = client("author");
            for (Method method : webMethods().toList()) {
                WebResponse answer = ask(client, method, HttpMethod.POST, server.url());
                if (method.getName().startsWith("doFill")) {
                    assertThat(answer.getContentAsString())
                            .as(method.toString())
                            .containsOnlyOnce("\"value\":")
                            .contains("\"value\":\"kept\"");
                } else {
                    assertThat(answer.getStatusCode()).as(method.toString()).isEqualTo(403);
                }
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void administratorGetsAnAnswerFromEach() throws Exception {
        try (var server = FakeServer.listing("\"a\"")) {
            var client = client("admin");
            for (Method method : webMethods().toList()) {
                assertThat(ask(client, method, HttpMethod.POST, server.url()).getStatusCode())
                        .as(method.toString())
                        .isEqualTo(200);
            }
            assertThat(server.requests()).isNotEmpty();
        }
    }

    @Test
    void formIsNotShownToWhoMayNotChangeIt() throws Exception {
        SampleConfiguration.set(TaskQueueConfiguration.get());

        assertThat(client("author").goTo("configure", null).getWebResponse().getContentAsString())
                .doesNotContain("kubernetes.example.com");
        assertThat(client("admin").goTo("configure").getWebResponse().getContentAsString())
                .contains("kubernetes.example.com");
    }
}
