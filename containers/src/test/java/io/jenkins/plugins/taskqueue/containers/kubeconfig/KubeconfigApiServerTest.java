package io.jenkins.plugins.taskqueue.containers.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks is who the kubeconfig says, to a real API server. */
@Tag("apiserver")
class KubeconfigApiServerTest {
    private static final String QUEUE = "no-such-queue";
    private static final String USER = "\n  user:\n";

    @TempDir
    private Path folder;

    private String administrator() throws IOException {
        assumeTrue(
                System.getenv("TASKQUEUE_CLUSTER") != null,
                "SKIPPED: no cluster; start one by scripts/cluster up and eval \"$(scripts/cluster env)\"");
        String administrator = Files.readString(Path.of(System.getenv("KUBECONFIG")));
        assertThat(administrator).containsOnlyOnce(USER);
        return administrator;
    }

    private CommandLineRun run(String kubeconfig, String... command) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), kubeconfig);
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--kubeconfig", file.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private CommandLineRun impersonating(String settings, String... command) throws IOException {
        return run(administrator().replace(USER, USER + settings + "\n"), command);
    }

    @Test
    void whoIsImpersonatedHasItsOwnRightsAndNotTheAdministrators() throws Exception {
        CommandLineRun status = impersonating("    as: nobody\n    as-groups: [testers]", "status", "--queue", QUEUE);
        assertThat(status.err()).contains("The API server refuses to", "configmaps", "for user nobody");
        assertThat(status.exitCode()).isEqualTo(3);
    }

    @Test
    void whoIsImpersonatedHasTheRightsOfItsGroups() throws Exception {
        CommandLineRun status =
                impersonating("    as: nobody\n    as-groups: ['system:masters']", "status", "--queue", QUEUE);

        assertThat(status.err()).contains("There is no queue \"" + QUEUE + "\"");
    }

    @Test
    void whoIsNotKnownIsToldAndNotTriedAgain() throws Exception {
        String administrator = administrator();
        String wrong = administrator.substring(0, administrator.indexOf(USER)) + "\n  user: {token: wrong}\n";

        for (String[] command : new String[][] {
            {"status", "--queue", QUEUE},
            {"delete", "--queue", QUEUE},
            {"run", "--once", "--queue", QUEUE, "--source", "http://127.0.0.1:1", "--image", "i"}
        }) {
            CommandLineRun run = run(wrong, command);

            assertThat(run.err()).contains("The API server does not know who asks", "(401 Unauthorized)");
            assertThat(run.exitCode()).isEqualTo(3);
        }
    }
}
