package io.jenkins.plugins.taskqueue.containers.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineProcess;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources that are there to start from keep every rule of the source API. */
@Tag("stores")
@Execution(ExecutionMode.CONCURRENT)
class ExampleSourcesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("taskqueue.home"), "examples/sources");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socat TCP-LISTEN:PORT,bind=127.0.0.1,fork,reuseaddr EXEC:./source.sh",
                "python3 source.py PORT",
                "node source.js PORT",
            })
    void exampleBreaksNoRule(String command) throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var process = start(command.replace("PORT", "" + port));
        try {
            await().atMost(CommandLineProcess.LONG).until(() -> listens(port));

            var settings = HttpSourceSettings.of("http://127.0.0.1:" + port);
            var findings = new SourceCheck(settings, "").findings();
            assertThat(findings)
                    .allMatch(finding -> finding.verdict() == Verdict.HOLDS || finding.verdict() == Verdict.ABSENT);
            assertThat(findings)
                    .filteredOn(finding -> finding.verdict() == Verdict.HOLDS)
                    .extracting(Finding::rule)
                    .contains(Rule.LIST, Rule.ITEM, Rule.ENCODING, Rule.UNKNOWN_ITEM, Rule.CONCURRENCY);
        } finally {
            process.destroy();
        }
    }

    private static Process start(String command) {
        try {
            return new ProcessBuilder(command.split(" "))
                    .directory(EXAMPLES.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            System.err.println("!!! SKIPPED: " + e.getMessage());
            return Assumptions.abort(e.getMessage());
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
