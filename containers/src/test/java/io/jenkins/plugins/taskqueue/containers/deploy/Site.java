package io.jenkins.plugins.taskqueue.containers.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A namespace that takes only restricted pods, on the real node that {@code scripts/cluster env} names, with directories of
 * the machine as its volumes and ways for its pods to servers on loopback.
 */
final class Site implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("taskqueue.home", "..")).toAbsolutePath();

    final String namespace = "deploy-" + UUID.randomUUID().toString().substring(0, 8);
    final KubernetesClient admin;
    private final Path directory;
    private final List<String> volumes = new ArrayList<>();
    private final List<Relay> relays = new ArrayList<>();
    private final InetAddress machine;

    Site(Path directory) throws Exception {
        this.directory = directory;
        String kubeconfig = System.getenv("KUBECONFIG");
        if (kubeconfig == null) {
            System.err.println("!!! SKIPPED: no cluster. eval \"$(scripts/cluster env)\" after scripts/cluster up");
        }
        assumeTrue(kubeconfig != null, "no cluster");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Path.of(kubeconfig).toFile()))
                .build();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        machine = machine();
    }

    /** The machine's address in the node's network, which the first pod brings about. */
    private InetAddress machine() throws IOException {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> admin.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: first}
                spec:
                  restartPolicy: Never
                  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: only
                      image: docker.io/task-queue/busybox:1
                      command: ["true"]
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """);
        var pod = admin.pods().inNamespace(namespace).withName("first");
        await().atMost(Duration.ofMinutes(2)).until(() -> pod.get().getStatus().getPodIP() != null);
        String[] address = pod.get().getStatus().getPodIP().split("\\.");
        pod.withGracePeriod(0).delete();
        return InetAddress.getByName(address[0] + "." + address[1] + ".0.1");
    }

    String address() {
        return machine.getHostAddress();
    }

    void create(String yaml) {
        for (HasMetadata object : admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            admin.resource(object).inNamespace(namespace).create();
        }
    }

    /** A directory of the machine that everybody may write, as a claim that any number of pods mounts. */
    Path claim(String name) throws IOException {
        Path folder = Files.createDirectory(directory.resolve(name));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        String volume = namespace + "-" + name;
        volumes.add(volume);
        create("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %s}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadWriteMany]
                  storageClassName: ""
                  hostPath: {path: %s}
                  claimRef: {namespace: %s, name: %s}
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %s}
                spec:
                  accessModes: [ReadWriteMany]
                  storageClassName: ""
                  volumeName: %s
                  resources: {requests: {storage: 1Gi}}
                """.formatted(volume, folder, namespace, name, name, volume));
        return folder;
    }

    /** Makes a server on loopback reachable for pods, at {@link #address}. */
    int open(int port, int target) throws IOException {
        Relay relay = new Relay(machine, port, target);
        relays.add(relay);
        return relay.port();
    }

    int openApiServer() throws IOException {
        return open(0, URI.create(admin.getConfiguration().getMasterUrl()).getPort());
    }

    /** Runs kubectl as the administrator, in this namespace. */
    String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl", "-n", namespace));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "kubectl", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        String said = Files.readString(output);
        assertThat(code).as(String.join(" ", command) + "\n" + said).isZero();
        return said;
    }

    List<Pod> pods() {
        return admin.pods().inNamespace(namespace).list().getItems();
    }

    @Override
    public void close() throws IOException {
        admin.apps().deployments().inNamespace(namespace).withGracePeriod(0).delete();
        pods().stream()
                .filter(pod -> !pod.getMetadata().getFinalizers().isEmpty())
                .forEach(pod -> admin.resource(pod).edit(held -> {
                    held.getMetadata().setFinalizers(List.of());
                    return held;
                }));
        admin.namespaces().withName(namespace).delete();
        volumes.forEach(volume -> admin.persistentVolumes().withName(volume).delete());
        for (Relay relay : relays) {
            relay.close();
        }
        admin.close();
    }
}
