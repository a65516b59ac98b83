package io.jenkins.plugins.taskqueue.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.cli.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionNamesTheProduct() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("Task Queue ");
    }

    @Test
    void unknownOptionIsAUsageError() {
        assertThat(execute("--no-such-option")).isEqualTo(2);
        assertThat(err.toString()).contains("--no-such-option");
    }

    @Test
    void noCommandIsAUsageErrorThatListsTheCommands() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Say what to do", "run", "Exit codes: 0 done");
    }

    @Test
    void everyCommandHasHelp() {
        var line = Main.commandLine(Terminal.plain(new PrintWriter(out), new PrintWriter(err)), Map.of());
        assertThat(line.getSubcommands().keySet())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(execute(command, "--help")).isZero());
    }

    private int execute(String... args) {
        return Main.commandLine(Terminal.plain(new PrintWriter(out), new PrintWriter(err)), Map.of())
                .execute(args);
    }
}
