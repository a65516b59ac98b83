package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's set-up as it stands, and then a queue by its token, in a namespace that takes restricted pods alone. */
@Tag("cluster")
class ReadmeSetUpClusterTest {
    private static final Path HOME =
            Path.of(System.getProperty("taskqueue.home", "..")).toAbsolutePath();
    private static final Pattern SET_UP =
            Pattern.compile(" ```sh\n( +kubectl create namespace media\n.*?) ```", Pattern.DOTALL);
    private static final Pattern WORKER =
            Pattern.compile("image: 'busybox:1', runAsUser: (\\d+),[^\n]*\n +command: \\['sh', '-c', '([^\n]*)'\\]\\)");

    @TempDir
    private Path directory;

    @Test
    void whatIsTypedWorksAndItsTokenRunsRestrictedWorkers() throws Exception {
        boolean free = System.getenv("KUBECONFIG") != null
                && shell("kubectl get namespace media task-queue --ignore-not-found")
                        .isEmpty();
        if (!free) {
            System.err.println("!!! SKIPPED: needs a cluster without the namespaces media and task-queue");
        }
        Assumptions.assumeTrue(free, "no fresh cluster");
        String readme = Files.readString(HOME.resolve("README.md"));
        try (ListSource source = new ListSource("Oslo", "Paris")) {
            String said = shell(find(SET_UP, readme).group(1));
            Path account = kubeconfig(said.substring(said.lastIndexOf('\n') + 1));
            assertThat(shell("! kubectl -n media run any --image=any --dry-run=server"))
                    .contains("violates PodSecurity");
            MatchResult worker = find(WORKER, readme);

            CommandLineRun run = CommandLineRun.of(
                    "run",
                    "--kubeconfig=" + account,
                    "--once",
                    "--source=" + source.url(),
                    "--image=docker.io/task-queue/busybox:1",
                    "--run-as-user=" + worker.group(1),
                    "--",
                    "sh",
                    "-c",
                    worker.group(2));

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("Oslo is done", "Paris is done");
        } finally {
            shell("kubectl delete --wait=false --ignore-not-found namespace media task-queue");
        }
    }

    private static MatchResult find(Pattern what, String readme) {
        return what.matcher(readme)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("README has no " + what));
    }

    /** What the account may do by its token alone; the server is the administrator's. */
    private Path kubeconfig(String token) throws Exception {
        String cluster = shell("kubectl config view --raw --minify -o jsonpath='{.clusters[0].cluster}'");
        return Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: it
                contexts: [{name: it, context: {cluster: it, user: it, namespace: media}}]
                clusters: [{name: it, cluster: %s}]
                users: [{name: it, user: {token: "%s"}}]
                """.formatted(cluster, token));
    }

    private String shell(String commands) throws Exception {
        Process process = new ProcessBuilder("bash", "-e", "-c", commands)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .start();
        String said = process.inputReader().lines().collect(Collectors.joining("\n"));
        assertThat(process.waitFor()).as(commands + "\n" + said).isZero();
        return said;
    }
}
