package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A namespace of its own with the shipped Role and a kubeconfig that has nothing else, on the cluster that
 * {@code scripts/cluster env} names or on a cluster that nobody else uses. Where there is no such cluster the test is
 * skipped.
 */
final class TestCluster implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("taskqueue.home", "..")).toAbsolutePath();

    /** Bounds a wait that fails, on a machine that others press, too; it proves nothing of how long things take. */
    static final Duration LONG = Duration.ofMinutes(5);

    final String namespace = "t-" + UUID.randomUUID().toString().substring(0, 8);
    final KubernetesClient admin;
    final Path kubeconfig;
    private final String name;
    private final boolean alone;

    /** On the cluster that others use, too. */
    TestCluster() throws Exception {
        this(named(), false);
    }

    /** On a real node of its own, to be broken: started here, and taken down at the end. */
    static TestCluster alone(String prefix) throws Exception {
        String name = prefix + "-" + named();
        script(name, "up");
        return new TestCluster(name, true);
    }

    private TestCluster(String name, boolean alone) throws Exception {
        this.name = name;
        this.alone = alone;
        admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(script(name, "kubeconfig")))
                .build();
        admin.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        Path role = HOME.resolve("containers/deploy/role.yaml");
        admin.load(Files.newInputStream(role)).inNamespace(namespace).create();
        kubeconfig = Files.createTempFile("manager-", ".kubeconfig");
        Awaitility.await()
                .atMost(LONG)
                .until(() -> admin.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
        Files.writeString(kubeconfig, script(name, "kubeconfig", "--service-account", namespace + "/task-queue"));
    }

    /** Stops a component such as {@code kube-apiserver}. */
    void stop(String component) throws Exception {
        script(name, "stop", component, "--kill");
    }

    /** Starts a component that was stopped. */
    void start(String component) throws Exception {
        script(name, "start", component);
    }

    /** Ends every container of the node at once, as a power cut does: kubelet and containerd have to be stopped. */
    void killContainers() {
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("containerd-shim") && line.contains("/task-queue/" + name + "/"))
                        .isPresent())
                .flatMap(shim -> Stream.concat(shim.descendants(), Stream.of(shim)))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Hands the node an image of {@code scripts/images}, which makes it where there is none yet. */
    void load(String image) throws IOException {
        script(
                name,
                "load",
                output(List.of(HOME.resolve("scripts/images").toString(), image))
                        .strip());
    }

    private static String named() {
        String name = System.getenv("TASKQUEUE_CLUSTER");
        assumeTrue(
                name != null,
                "SKIPPED: no cluster; start one by scripts/cluster up and eval \"$(scripts/cluster env)\"");
        return name;
    }

    private static String script(String name, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("scripts/cluster").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--name", name));
        return output(command);
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.onExit().join().exitValue())
                .as(String.join(" ", command))
                .isZero();
        return output;
    }

    static String image() {
        return System.getenv().getOrDefault("TASKQUEUE_CLUSTER_IMAGE", "docker.io/task-queue/busybox:1");
    }

    /** Everything of ours that is in the namespace, by kind and name, but for the Role's own objects. */
    List<String> leftovers() {
        List<String> found = new ArrayList<>();
        admin.pods()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(pod -> found.add("pod " + pod.getMetadata().getName()));
        admin.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(job -> found.add("job " + job.getMetadata().getName()));
        admin.configMaps().inNamespace(namespace).list().getItems().stream()
                .filter(map -> !map.getMetadata().getName().equals("kube-root-ca.crt"))
                .forEach(map -> found.add("configmap " + map.getMetadata().getName()));
        admin.leases()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(lease -> found.add("lease " + lease.getMetadata().getName()));
        return found;
    }

    @Override
    public void close() throws IOException {
        admin.namespaces().withName(namespace).delete();
        admin.close();
        if (alone) {
            script(name, "down");
        }
    }
}
