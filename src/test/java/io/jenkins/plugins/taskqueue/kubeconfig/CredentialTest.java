package io.jenkins.plugins.taskqueue.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.taskqueue.engine.kubernetes.CredentialsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that end, and what comes after them. */
class CredentialTest {
    private static final StoredCredential.Text NONE = new StoredCredential.Text(Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    private long nanos;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private StoredCredential inFile(Path token) {
        return new StoredCredential(
                "user \"u\"",
                null,
                new StoredCredential.Text(Optional.empty(), Optional.of(token)),
                NONE,
                NONE,
                () -> nanos);
    }

    private static void say(Path file, String token) throws Exception {
        Files.writeString(file, token);
    }

    @Test
    void tokenInAFileIsReadAgainSoonAfterItChanged() throws Exception {
        Path file = folder.resolve("token");
        say(file, "first");
        var credential = inFile(file);
        assertThat(credential.now().authorization()).isEqualTo("Bearer first");

        say(file, "second\n");
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(credential.now().authorization()).isEqualTo("Bearer second");
    }

    @Test
    void tokenThatIsRefusedIsReadAgainAtOnce() throws Exception {
        Path file = folder.resolve("token");
        say(file, "first");
        var credential = inFile(file);
        Credential first = credential.now();
        say(file, "second");
        assertThat(credential.now()).isSameAs(first);

        credential.refused(first);
        assertThat(credential.now().authorization()).isEqualTo("Bearer second");
    }

    @Test
    void fileThatCanNotBeReadLeavesWhatWasReadUntilThatIsRefused() throws Exception {
        Path file = folder.resolve("token");
        say(file, "first");
        var credential = inFile(file);
        Credential first = credential.now();
        say(file, " \n");
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(credential.now()).isSameAs(first);

        credential.refused(first);
        assertThatExceptionOfType(CredentialsException.class)
                .isThrownBy(credential::now)
                .withMessageContaining("The kubeconfig's user \"u\" has credentials that can't be used")
                .withMessageContaining("the token's file is empty");
        say(file, "second");
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(credential.now().authorization()).isEqualTo("Bearer second");
    }

    @Test
    void pluginIsAskedAgainWhenWhatItGaveHasEndedOrIsRefused() throws Exception {
        Path calls = folder.resolve("calls");
        String script =
                "echo >>calls; printf '{\"apiVersion\":\"v\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"%s\","
                        + "\"expirationTimestamp\":\"2026-01-01T01:00:00+00:00\"}}' $(wc -l <calls)";
        var call = new PluginCall("user \"u\"", List.of("sh", "-c", "cd " + folder + "; " + script), Map.of(), "");
        var plugin = new ExecPlugin(call, "v", () -> now);
        Credential first = plugin.now();
        assertThat(first.authorization()).isEqualTo("Bearer 1");
        now = now.plusSeconds(4);
        plugin.refused(first);
        assertThat(plugin.now()).as("refused by many at once").isSameAs(first);

        now = now.plusSeconds(1);
        plugin.refused(first);
        Credential second = plugin.now();
        assertThat(second.authorization()).isEqualTo("Bearer 2");
        plugin.refused(first);
        assertThat(plugin.now()).isSameAs(second);
        now = now.plusSeconds(3600);
        assertThat(plugin.now().authorization()).isEqualTo("Bearer 3");
        assertThat(Files.readAllLines(calls)).hasSize(3);
    }
}
