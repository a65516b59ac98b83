package io.jenkins.plugins.taskqueue.containers.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of {@code examples/deploy}, applied as a user would: by an overlay of the test's own, which says where the API server
 * and the stores are, and whose worker notes each item that it has done in a ledger.
 */
final class Overlay {
    /** How many items a test has; with 200 each, two of the tests take a busy machine of two cores four minutes. */
    static final int ITEMS = Integer.getInteger("taskqueue.deploy.items", 8);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Site site;
    private final String name;
    private final Path ledger;

    /** @param claim a claim's directory, which the worker has under the claim's name: the ledger is in it */
    Overlay(Site site, String name, Path claim) {
        this.site = site;
        this.name = name;
        this.ledger = claim.resolve("ledger");
    }

    /**
     * @param directory where the test's overlay is put
     * @param host the name by which pods find the store at the machine's address
     * @param worker what a worker does before it notes its item, in shell
     * @param ambassador the ambassador's arguments; none for the example's own
     */
    void apply(Path directory, String host, String worker, String... ambassador) throws Exception {
        Path home = Files.createDirectory(directory.resolve("overlay"));
        Path example = Site.HOME.toRealPath().resolve("examples/deploy").resolve(name);
        Path folder = Path.of("/").resolve(ledger.getParent().getFileName());
        List<String> command =
                List.of("run", "--", "sh", "-c", worker + " && echo \"$WORK_ITEM\" >>" + folder + "/ledger");
        Files.writeString(home.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %s
                resources: [%s]
                images: [{name: acme/task-queue, newName: docker.io/task-queue/task-queue}]
                patches: [{path: patch.yaml}]
                """.formatted(
                        site.namespace, home.toRealPath().relativize(example)));
        Files.writeString(home.resolve("patch.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: task-queue-%s}
                spec:
                  template:
                    spec:
                      hostAliases: [{ip: %s, hostnames: [kubernetes.default, %s]}]
                      containers:
                        - name: manager
                          args: %s
                          env:
                            - {name: KUBERNETES_SERVICE_HOST, value: kubernetes.default}
                            - {name: KUBERNETES_SERVICE_PORT, value: "%d"}
                            - {name: TASKQUEUE_IMAGE, value: "docker.io/task-queue/busybox:1"}
                            - {name: TASKQUEUE_RUN_AS_USER, value: "1000"}
                            - {name: TASKQUEUE_POLL, value: 1s}
                            %s
                        - name: ambassador
                          %s
                """.formatted(
                        name,
                        site.address(),
                        host,
                        JSON.writeValueAsString(command),
                        site.openApiServer(),
                        folder.endsWith("ledger") ? "- {name: TASKQUEUE_VOLUME, value: \"pvc:ledger:/ledger\"}" : "",
                        ambassador.length == 0 ? "" : "args: " + JSON.writeValueAsString(ambassador)));
        site.kubectl("apply", "-k", home.toString());
    }

    /** The names of the items that were done, in order; one that was done twice is there twice. */
    List<String> done() throws IOException {
        return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
    }

    void awaitDone(int items) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(done()).as(this::state).hasSizeGreaterThanOrEqualTo(items));
    }

    private String state() {
        return site.pods().stream()
                .map(pod -> pod.getMetadata().getName() + " " + pod.getStatus().getPhase())
                .limit(20)
                .collect(Collectors.joining("\n"));
    }

    /** By what name the queue's owner object knows the manager that acts. */
    String holder() {
        return site.admin
                .configMaps()
                .inNamespace(site.namespace)
                .withLabel(Keys.KIND, Keys.KIND_QUEUE)
                .list()
                .getItems()
                .get(0)
                .getData()
                .getOrDefault("holder", "");
    }

    /** The lease of that manager's process. */
    LeaseSpec leaseOf(String holder) {
        return site.admin.leases().inNamespace(site.namespace).list().getItems().stream()
                .map(Lease::getSpec)
                .filter(lease -> holder.startsWith(lease.getHolderIdentity() + "."))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No lease of " + holder));
    }

    private Pod podOf(String holder) {
        return managers().stream()
                .filter(pod -> holder.startsWith(pod.getMetadata().getName() + "/"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No pod of " + holder));
    }

    List<Pod> managers() {
        return site.admin
                .pods()
                .inNamespace(site.namespace)
                .withLabel("app.kubernetes.io/name", "task-queue")
                .list()
                .getItems();
    }

    void awaitReady(int replicas) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(managers())
                        .as(this::state)
                        .filteredOn(pod -> pod.getStatus().getConditions().stream()
                                .anyMatch(one -> "Ready".equals(one.getType()) && "True".equals(one.getStatus())))
                        .hasSize(replicas));
    }

    /** The PID namespace of the manager that acts; it stays for as long as this is open. */
    InputStream namespaceOfActive() throws IOException {
        return Files.newInputStream(Path.of("/proc", Long.toString(active().pid()), "ns/pid"));
    }

    private ProcessHandle active() {
        String uid = podOf(holder()).getMetadata().getUid();
        List<ProcessHandle> found = ProcessHandle.allProcesses()
                .filter(process -> isManager(process.pid(), uid))
                .toList();
        assertThat(found).as("processes of the manager").hasSize(1);
        return found.get(0);
    }

    /** SIGKILL to the manager that acts: neither its pod nor its ambassador is touched. */
    void killActive() {
        ProcessHandle manager = active();
        manager.destroyForcibly();
        await().atMost(Duration.ofMinutes(1)).until(() -> !manager.isAlive());
    }

    private static boolean isManager(long pid, String podUid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return Files.readString(process.resolve("cgroup")).contains("pod" + podUid)
                    && Files.readString(process.resolve("cmdline")).contains("task-queue.jar\0run");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Every item was done, each once, and no worker is left that could do one again. */
    void everyItemWasDoneOnce() throws IOException {
        await().atMost(LONG).until(() -> site.pods().size() == managers().size());
        assertThat(done()).hasSize(ITEMS).doesNotHaveDuplicates();
    }
}
