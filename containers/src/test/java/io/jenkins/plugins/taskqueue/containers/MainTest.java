package io.jenkins.plugins.taskqueue.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();

    @Test
    void versionNamesTheProduct() {
        var exitCode = Main.commandLine().setOut(new PrintWriter(out)).execute("--version");

        assertThat(exitCode).isZero();
        assertThat(out.toString()).startsWith("Task Queue ");
    }

    @Test
    void unknownOptionIsAUsageError() {
        var exitCode = Main.commandLine().setErr(new PrintWriter(out)).execute("--no-such-option");

        assertThat(exitCode).isEqualTo(2);
        assertThat(out.toString()).contains("--no-such-option");
    }
}
