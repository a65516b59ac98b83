package io.jenkins.plugins.taskqueue.containers.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that give a token or a certificate. */
class CredentialPluginTest {
    @TempDir
    private Path folder;

    private Asker asker;

    @BeforeEach
    void begin() {
        asker = new Asker(folder);
    }

    private String plugin(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("plugin.sh"), "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin.sh, args: [one, 'two three'],"
                + " env: [{name: FOR_IT, value: x}], interactiveMode: Never, provideClusterInfo: true}";
    }

    private static String credential(String status) {
        return "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{" + status
                + "}}";
    }

    private static String answer(String status) {
        return "cat <<END\n" + credential(status) + "\nEND\n";
    }

    private static String json(String text) {
        return text.replace("\n", "\\n");
    }

    @Test
    void pluginGivesATokenAndIsToldWhatItIsFor() throws Exception {
        String user = plugin(
                "echo \"$KUBERNETES_EXEC_INFO\" >\"$0.info\"; echo talk >&2\n" + answer("\"token\":\"$FOR_IT-$#-$2\""));

        assertThat(asker.asked(user).headers()).containsExactly("Authorization: Bearer x-2-two three");
        assertThat(folder.resolve("plugin.sh.info"))
                .content()
                .contains("\"kind\":\"ExecCredential\"", "\"server\":\"http://127.0.0.1:", "\"interactive\":false");
    }

    @Test
    void pluginGivesACertificate() throws Exception {
        KeyPairFile ec = KeyPairFile.make(folder, "ec", "-keyalg", "EC");
        Files.writeString(
                folder.resolve("answer"),
                credential("\"clientCertificateData\":\"" + json(ec.certificatePem()) + "\",\"clientKeyData\":\""
                        + json(ec.ownKeyPem()) + "\""));

        var asked = asker.askedByTls(
                KeyPairFile.make(folder, "server", "-keyalg", "EC"),
                "insecure-skip-tls-verify: true",
                plugin("cat \"$(dirname \"$0\")/answer\""));

        assertThat(asked.certificate()).isEqualTo("CN=ec");
        assertThat(asked.headers()).isEmpty();
    }

    @Test
    void pluginThatIsRefusedIsAskedForAnother() throws Exception {
        String user = plugin(
                "echo asked >>\"$0.log\"\n"
                        + answer(
                                "\"token\":\"$(wc -l <\"$0.log\" | tr -d ' ')\",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\""));
        try (AskedServer api = new AskedServer(null, one -> !one.headers().contains("Authorization: Bearer 1"))) {
            CommandLineRun run = Asker.status(asker.kubeconfig("server: \"" + api.url() + "\"", user));

            assertThat(run.err()).contains(Asker.NOTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exit 7, 'failed (exit code 7).'",
        "'echo no session >&2; exit 1', 'failed (no session).'",
        "echo '{}', gave no ExecCredential of client.authentication.k8s.io/v1.",
        "echo nothing, gave what is no ExecCredential.",
    })
    void pluginThatFailsEndsTheCommandWithItsReason(String script, String reason) throws Exception {
        try (AskedServer api = new AskedServer(null, any -> true)) {
            CommandLineRun run = Asker.status(asker.kubeconfig("server: \"" + api.url() + "\"", plugin(script)));

            assertThat(run.err())
                    .contains("The credential plugin " + folder.resolve("plugin.sh")
                            + " of the kubeconfig's user \"u\" " + reason);
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(api.asked()).isEmpty();
        }
    }

    @Test
    void pluginThatIsNotThereSaysHowToGetIt() throws Exception {
        CommandLineRun run = Asker.status(
                asker.kubeconfig(
                        "server: 'http://127.0.0.1:1'",
                        "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, installHint: Install it.}"));

        assertThat(run.err())
                .contains("The credential plugin no-such-plugin of the kubeconfig's user \"u\" could not be started")
                .contains(". Install it.");
        assertThat(run.exitCode()).isEqualTo(3);
    }
}
