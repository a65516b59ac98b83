package io.jenkins.plugins.taskqueue.containers.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineRun;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would be left out of a kubeconfig is refused, with a reason. */
class KubeconfigRefusalTest {
    @TempDir
    private Path folder;

    private Asker asker;

    @BeforeEach
    void begin() {
        asker = new Asker(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "as-later: x, token: abc | user \"u\" has as-later, which Task Queue does not know.",
                "token: abc, exec: {command: x, apiVersion: client.authentication.k8s.io/v1} | in more than one way (token, exec)",
                "token: abc, username: jane | in more than one way (token, username)",
                "token: abc, as-groups: [a] | without as, whose they are",
                "as: 'jané' | which an HTTP header can't say",
                "auth-provider: {name: oidc} | use a credential plugin (exec)",
                "client-certificate-data: YQ== | without its client-key",
                "client-certificate-data: '%', client-key-data: YQ== | that are not base64",
                "exec: {command: x} | has no apiVersion",
                "exec: {command: x, apiVersion: v7} | which is none of client.authentication.k8s.io/v1",
                "exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always} | wants to talk",
                "exec: {command: x, apiVersion: client.authentication.k8s.io/v1, sudo: yes} | has sudo, which Task Queue",
                "token: [a] | has no text as its token",
            })
    void whatWouldBeLeftOutOfAUserIsRefused(String user, String reason) throws Exception {
        CommandLineRun run = Asker.status(asker.kubeconfig("server: 'http://127.0.0.1:1'", user));

        assertThat(run.err()).contains(reason).contains("In " + folder.resolve("config"));
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server: 'http://a', via: b | cluster \"k\" has via, which Task Queue does not know.",
                "server: 'http://a', insecure-skip-tls-verify: true, certificate-authority-data: YQ== | remove one of them",
                "server: 'http://a', insecure-skip-tls-verify: maybe | and not true or false",
                "server: 'http://a', proxy-url: 'socks5://b:1' | only proxies with http:// can be used",
                "server: 'http://a', proxy-url: 'http://b' | has a proxy-url without a host or a port",
                "server: 'https://a', certificate-authority-data: YQ== | certificate-authority can't be used",
                "server: 'https://a', certificate-authority: nothing | has a certificate-authority that can't be read",
                "extensions: [] | has no server",
            })
    void whatWouldBeLeftOutOfAClusterIsRefused(String cluster, String reason) throws Exception {
        CommandLineRun run = Asker.status(asker.kubeconfig(cluster, "token: abc"));

        assertThat(run.err()).contains(reason).doesNotContain("defect");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
