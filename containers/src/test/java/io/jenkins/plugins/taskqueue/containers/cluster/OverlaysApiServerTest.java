package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every overlay of the manifests is built by kustomize and taken by a real API server, with no warning. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class OverlaysApiServerTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"files", "redis", "s3", "kafka"})
    void overlayIsTakenInARestrictedNamespace(String overlay) throws Exception {
        try (var cluster = new TestCluster()) {
            cluster.admin.namespaces().withName(cluster.namespace).edit(namespace -> {
                namespace.getMetadata().getLabels().put("pod-security.kubernetes.io/warn", "restricted");
                return namespace;
            });
            Path output = directory.resolve("output");
            Path folder = TestCluster.HOME.resolve("examples/deploy").resolve(overlay);
            Process kubectl = new ProcessBuilder(List.of(
                            "kubectl",
                            "apply",
                            "--namespace",
                            cluster.namespace,
                            "--dry-run=server",
                            "-k",
                            folder.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();

            assertThat(kubectl.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(kubectl.exitValue()).as(Files.readString(output)).isZero();
            String name = "task-queue-" + overlay;
            assertThat(output)
                    .content()
                    .contains(
                            "serviceaccount/" + name + " created",
                            "role.rbac.authorization.k8s.io/" + name + " created",
                            "rolebinding.rbac.authorization.k8s.io/" + name + " created",
                            "deployment.apps/" + name + " created")
                    .doesNotContain("Warning");
        }
    }
}
