package io.jenkins.plugins.taskqueue.containers.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a kubeconfig says is what the API server sees, by a command that asks it one thing. */
class KubeconfigTest {
    @TempDir
    private static Path keys;

    private static KeyPairFile server;
    private static KeyPairFile rsa;
    private static KeyPairFile ec;

    @TempDir
    private Path folder;

    private Asker asker;

    @BeforeEach
    void begin() {
        asker = new Asker(folder);
    }

    @BeforeAll
    static void makeKeys() throws Exception {
        server = KeyPairFile.make(keys, "server", "-keyalg", "EC", "-ext", "SAN=DNS:kube.example");
        rsa = KeyPairFile.make(keys, "rsa", "-keyalg", "RSA");
        ec = KeyPairFile.make(keys, "ec", "-keyalg", "EC", "-groupname", "secp384r1");
    }

    @Test
    void impersonationIsSaidWhole() throws Exception {
        assertThat(asker.asked("token: abc, as: jane, as-uid: '17', as-groups: [testers, more],"
                                + " as-user-extra: {Scopes: [view, run], 'acme.com/x%': [y]}")
                        .headers())
                .containsExactlyInAnyOrder(
                        "Authorization: Bearer abc",
                        "Impersonate-user: jane",
                        "Impersonate-uid: 17",
                        "Impersonate-group: testers",
                        "Impersonate-group: more",
                        "Impersonate-extra-scopes: view",
                        "Impersonate-extra-scopes: run",
                        "Impersonate-extra-acme.com%2fx%25: y");
    }

    @Test
    void tokenFileIsReadFromBesideTheKubeconfigAndCountsBeforeTheToken() throws Exception {
        Files.writeString(folder.resolve("token"), "in-a-file\n");

        assertThat(asker.asked("token: abc, tokenFile: token").headers())
                .containsExactly("Authorization: Bearer in-a-file");
    }

    @Test
    void nameAndPasswordAreSaid() throws Exception {
        assertThat(asker.asked("username: jane, password: 'a:b'").headers())
                .containsExactly("Authorization: Basic " + KeyPairFile.base64("jane:a:b"));
    }

    @Test
    void whoHasNothingToSayAsksAsNobody() throws Exception {
        assertThat(asker.asked("").headers()).isEmpty();
    }

    @Test
    void certificatesOfEveryFormAreShown() throws Exception {
        for (KeyPairFile pair : List.of(rsa, ec)) {
            for (String key : List.of(pair.keyPem(), pair.ownKeyPem())) {
                var asked = asker.askedByTls(
                        server,
                        "insecure-skip-tls-verify: true",
                        Asker.data("client-certificate", pair.certificatePem()) + ", " + Asker.data("client-key", key)
                                + ", token: abc, as: jane");

                assertThat(asked.certificate()).isEqualTo(pair == rsa ? "CN=rsa" : "CN=ec");
                assertThat(asked.headers()).containsExactly("Authorization: Bearer abc", "Impersonate-user: jane");
            }
        }
    }

    @Test
    void certificatesInFilesAreReadFromBesideTheKubeconfig() throws Exception {
        Files.writeString(folder.resolve("ca.crt"), server.certificatePem());
        Files.writeString(folder.resolve("user.crt"), rsa.certificatePem());
        Files.writeString(folder.resolve("user.key"), rsa.ownKeyPem());

        var asked = asker.askedByTls(
                server,
                "certificate-authority: ca.crt, tls-server-name: kube.example",
                "client-certificate: user.crt, client-key: ./user.key");

        assertThat(asked.certificate()).isEqualTo("CN=rsa");
        assertThat(asked.name()).isEqualTo("kube.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tls-server-name: other.example"})
    void serverOfAnotherNameIsNotAsked(String name) throws Exception {
        try (AskedServer api = new AskedServer(server, any -> true)) {
            CommandLineRun run = Asker.status(asker.kubeconfig(
                    "server: \"" + api.url() + "\", " + Asker.data("certificate-authority", server.certificatePem())
                            + (name.isEmpty() ? "" : ", " + name),
                    "token: abc"));

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(api.asked()).isEmpty();
        }
    }

    @Test
    void serverOfAnotherAuthorityIsNotAsked() throws Exception {
        try (AskedServer api = new AskedServer(server, any -> true)) {
            CommandLineRun run = Asker.status(asker.kubeconfig(
                    "server: \"" + api.url() + "\", tls-server-name: kube.example, "
                            + Asker.data("certificate-authority", ec.certificatePem()),
                    "token: abc"));

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(api.asked()).isEmpty();
        }
    }

    @Test
    void proxyIsAskedInsteadOfTheServer() throws Exception {
        try (AskedServer proxy = new AskedServer(null, any -> true)) {
            CommandLineRun run = Asker.status(asker.kubeconfig(
                    "server: 'http://kube.invalid', proxy-url: \"" + proxy.url() + "\"", "token: abc"));

            assertThat(run.err()).contains(Asker.NOTHING);
            assertThat(proxy.asked().get(0).headers()).containsExactly("Authorization: Bearer abc");
        }
    }

    @Test
    void keyThatIsEncryptedIsRefused() throws Exception {
        CommandLineRun run = Asker.status(asker.kubeconfig(
                "server: 'http://127.0.0.1:1'",
                Asker.data("client-certificate", rsa.certificatePem()) + ", "
                        + Asker.data("client-key", rsa.keyPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"))));

        assertThat(run.err()).contains("user \"u\"", "the key is encrypted");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void whoIsNotKnownIsTold() throws Exception {
        try (AskedServer api = new AskedServer(null, any -> false)) {
            CommandLineRun run = Asker.status(asker.kubeconfig("server: \"" + api.url() + "\"", "token: wrong"));

            assertThat(run.err())
                    .contains("The API server does not know who asks", "Its credentials are wrong or have ended");
            assertThat(run.exitCode()).isEqualTo(3);
        }
    }
}
