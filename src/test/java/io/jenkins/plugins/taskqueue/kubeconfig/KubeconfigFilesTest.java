package io.jenkins.plugins.taskqueue.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigFilesTest {
    @TempDir
    private Path home;

    private Path file(String name, String content) throws Exception {
        return Files.writeString(home.resolve(name), content);
    }

    private Map<String, String> variable(Path... files) {
        return Map.of(
                "KUBECONFIG",
                String.join(
                        File.pathSeparator,
                        List.of(files).stream().map(Path::toString).toList()));
    }

    @Test
    void ofSeveralFilesTheFirstThatNamesAThingWins() throws Exception {
        Path first = file("first", "{current-context: one, users: [{name: u, user: {token: a}}]}");
        Path second = file(
                "second",
                "{current-context: two, contexts: [{name: one, context: {cluster: k, user: u, namespace: n}}],"
                        + " clusters: [{name: k, cluster: {server: 'https://k'}}], users: [{name: u, user: {as: root}}]}");

        var found = Kubeconfig.find(variable(home.resolve("nothing"), first, second), home)
                .orElseThrow();

        var config = found.access(null).config(Map.of());
        assertThat(config.getMasterUrl()).isEqualTo("https://k/");
        assertThat(config.getNamespace()).isEqualTo("n");
        found.access("one");
    }

    @Test
    void withoutTheVariableItIsTheOneInTheUsersFolder() throws Exception {
        assertThat(Kubeconfig.find(Map.of(), home)).isEmpty();
        Files.createDirectory(home.resolve(".kube"));
        file(".kube/config", "");
        assertThat(Kubeconfig.find(Map.of(), home)).isEmpty();
        file(".kube/config", "clusters: [{name: k, cluster: {server: 'https://k'}}]");
        assertThat(Kubeconfig.find(Map.of(), home)).isPresent();
        assertThat(Kubeconfig.find(Map.of("KUBERNETES_AUTH_TRYKUBECONFIG", "false"), home))
                .isEmpty();
    }

    @Test
    void oneThatIsBrokenHasTheSameSentenceHoweverItIsNamed() throws Exception {
        Path broken = file("broken", ": : :");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kubeconfig.of(List.of(broken)))
                .withMessageStartingWith("The kubeconfig " + broken + " is no YAML (");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kubeconfig.find(variable(broken), home))
                .withMessageStartingWith("The kubeconfig " + broken + " is no YAML (");
    }

    @Test
    void oneThatIsMissingIsNoReasonToTakeOtherRights() {
        Path nothing = home.resolve("nothing");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kubeconfig.find(variable(nothing), home))
                .withMessage("There is no kubeconfig " + nothing + ", which the variable KUBECONFIG names.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kubeconfig.of(List.of(nothing)))
                .withMessage("There is no kubeconfig " + nothing + ".");
    }

    @Test
    void whatAContextNamesMustBeThere() throws Exception {
        Path file = file(
                "file",
                "{contexts: [{name: a, context: {cluster: k, user: x}}, {name: b, context: {cluster: y}},"
                        + " {name: c, context: {cluster: k, via: z}}], clusters: [{name: k, cluster: {server: s}}]}");
        var found = Kubeconfig.of(List.of(file));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> found.access(null))
                .withMessageContaining("current-context");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> found.access("d"))
                .withMessage("The kubeconfig has no context \"d\". It has: a, b, c.");
        assertThatIllegalArgumentException().isThrownBy(() -> found.access("a")).withMessageContaining("no user \"x\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> found.access("b"))
                .withMessageContaining("no cluster \"y\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> found.access("c"))
                .withMessageContaining("has via, which");
    }

    @Test
    void proxyOfTheEnvironmentIsForServersElsewhere() throws Exception {
        Path file = file(
                "file",
                "{contexts: [{name: a, context: {cluster: a}}, {name: b, context: {cluster: b}}], clusters:"
                        + " [{name: a, cluster: {server: 'https://k'}}, {name: b, cluster: {server: 'https://127.0.0.1:1'}}]}");
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://p:1", "no_proxy", "a, b");
        var found = Kubeconfig.of(List.of(file));

        assertThat(found.access("a").config(environment).getHttpsProxy()).isEqualTo("http://p:1");
        assertThat(found.access("a").config(environment).getNoProxy()).containsExactly("a", "b");
        assertThat(found.access("b").config(environment).getHttpsProxy()).isNull();
    }
}
