package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.worker.Toleration;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final String NAME = "Ünsere/videos \"$(HOME)\" 🎬";
    private static final ObjectNames NAMES = new ObjectNames(QueueId.of(NAME), NAME);

    private static final String USER_YAML = """
            apiVersion: v1
            kind: Pod
            metadata:
              labels: {team: video}
              annotations: {note: kept}
            spec:
              initContainers:
                - name: fetch
                  image: fetch:1
              containers:
                - name: side
                  image: side:1
                - name: worker
                  image: loses:1
                  workingDir: /kept
                  env:
                    - {name: WORK_ITEM, value: loses}
                    - {name: KEPT, value: $(WORK_ITEM)}
                    - {name: MODE, value: loses}
                  volumeMounts:
                    - {name: cache, mountPath: /cache}
              volumes:
                - name: cache
                  emptyDir: {}
              priorityClassName: low
              terminationGracePeriodSeconds: 5
              futureField: kept
            """;

    @Test
    void workerGetsTheContractAndOnlyItsOwnItem() {
        Pod pod = item(worker(""), new Entry(4, 2, "r", "a $(WORK_QUEUE) $$ 🎬", null, null), 3);

        assertThat(env(pod))
                .containsEntry("WORK_ITEM_FILE", "/task-queue/item.json")
                .containsEntry("WORK_ITEM", "a $$(WORK_QUEUE) $$$$ 🎬")
                .containsEntry("WORK_QUEUE", NAME.replace("$", "$$"))
                .containsEntry("WORK_ATTEMPT", "3")
                .containsEntry("WORK_RESULT_FILE", "/dev/termination-log");
        Volume volume = pod.getSpec().getVolumes().get(0);
        assertThat(volume.getConfigMap().getName()).isEqualTo(NAMES.batch(4));
        assertThat(volume.getConfigMap().getItems()).singleElement().satisfies(key -> {
            assertThat(key.getKey()).isEqualTo("item-2");
            assertThat(key.getPath()).isEqualTo("item.json");
        });
        assertThat(worker(pod).getVolumeMounts())
                .singleElement()
                .satisfies(mount -> assertThat(mount.getReadOnly()).isTrue());
    }

    @Test
    void podSaysWhichAttemptItIsAndIsTracked() {
        var metadata =
                item(worker(""), new Entry(4, 2, "r", "a b", null, null), 3).getMetadata();

        assertThat(metadata.getName()).isEqualTo(NAMES.owner() + "-4-2-3").hasSizeLessThan(64);
        assertThat(metadata.getLabels())
                .containsEntry("batch.kubernetes.io/job-name", NAMES.batch(4))
                .containsEntry("batch.kubernetes.io/controller-uid", "uid")
                .containsEntry("batch.kubernetes.io/job-completion-index", "2")
                .containsEntry(Keys.QUEUE, NAMES.id().value())
                .containsEntry(Keys.ITEM, QueueId.hash("a b", 26));
        assertThat(metadata.getLabels().values())
                .allSatisfy(value -> assertThat(value).hasSizeLessThan(64));
        assertThat(metadata.getAnnotations())
                .containsEntry(Keys.ITEM_NAME, "a b")
                .containsEntry(Keys.QUEUE_NAME, NAME);
        assertThat(metadata.getFinalizers()).containsExactly(Keys.FINALIZER);
        assertThat(metadata.getOwnerReferences())
                .allMatch(owner -> owner.getBlockOwnerDeletion() == null)
                .extracting(OwnerReference::getKind, OwnerReference::getUid, OwnerReference::getController)
                .containsExactly(tuple("ConfigMap", "owner uid", null), tuple("Job", "uid", true));
    }

    @Test
    void podsAreRestrictedByDefault() {
        var spec = item(worker(""), new Entry(1, 0, "r", "a", null, null), 0).getSpec();

        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getEnableServiceLinks()).isFalse();
        assertThat(spec.getRestartPolicy()).isEqualTo("Never");
        assertThat(spec.getTerminationGracePeriodSeconds()).isEqualTo(30);
        var context = spec.getContainers().get(0).getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    }

    @Test
    void eachRestrictionIsRelaxedByItsOwnSetting() {
        var relaxed = new WorkerSpec.Security(1000L, true, true, true);
        var spec = WorkerPod.of(spec(worker("", relaxed)), SERIALIZATION).getSpec();

        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isNull();
        assertThat(spec.getAutomountServiceAccountToken()).isTrue();
        var context = spec.getContainers().get(0).getSecurityContext();
        assertThat(context.getRunAsUser()).isEqualTo(1000);
        assertThat(context.getAllowPrivilegeEscalation()).isTrue();
        assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    }

    @Test
    void usersPodSurvivesUnderTheWorkersSettings() {
        Pod pod = item(worker(USER_YAML), new Entry(1, 0, "r", "a", null, null), 0);

        assertThat(pod.getMetadata().getLabels()).containsEntry("team", "video");
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("note", "kept");
        assertThat(pod.getSpec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("fetch");
        assertThat(pod.getSpec().getContainers()).extracting(Container::getName).containsExactly("worker", "side");
        assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("low");
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(5);
        assertThat(pod.getSpec().getAdditionalProperties()).containsEntry("futureField", "kept");
        assertThat(pod.getSpec().getVolumes()).extracting(Volume::getName).contains("cache");
        assertThat(worker(pod).getImage()).isEqualTo("acme/thumbnailer:1");
        assertThat(worker(pod).getWorkingDir()).isEqualTo("/kept");
        assertThat(env(pod))
                .containsEntry("WORK_ITEM", "a")
                .containsEntry("KEPT", "$(WORK_ITEM)")
                .containsEntry("MODE", "$$(fast)");
        assertThat(worker(pod).getEnv()).extracting(EnvVar::getName).doesNotHaveDuplicates();
    }

    @Test
    void firstContainerIsTheWorkersWhereNoneHasTheName() {
        var yaml = "spec: {containers: [{name: main, image: loses, workingDir: /kept}, {name: side, image: s}]}";
        Pod pod = WorkerPod.of(spec(worker(yaml)), SERIALIZATION);

        assertThat(worker(pod).getName()).isEqualTo("worker");
        assertThat(worker(pod).getWorkingDir()).isEqualTo("/kept");
        assertThat(pod.getSpec().getContainers()).hasSize(2);
    }

    @Test
    void timeoutIsThePodsDeadline() {
        var spec = QueueSpec.builder("q", worker(""))
                .timeout(Duration.ofMinutes(2))
                .build();

        assertThat(WorkerPod.of(spec, SERIALIZATION).getSpec().getActiveDeadlineSeconds())
                .isEqualTo(120);
    }

    @Test
    void badYamlIsASentenceWithItsLine() {
        assertThatThrownBy(() -> parse("kind: Pod\nspec:\n  containers: [\n")).hasMessageContaining("line");
        assertThatThrownBy(() -> parse("apiVersion: v1\nkind: Deployment\n"))
                .hasMessageContaining("of kind Deployment (line 2)");
        assertThatThrownBy(() -> parse("kind: Pod\nspec:\n  containers: none\n"))
                .hasMessageContaining("spec.containers (line 3)");
        assertThatThrownBy(() -> parse("kind: Pod\n---\nkind: Pod\n")).hasMessageContaining("2 documents");
        assertThatThrownBy(() -> parse("just text")).hasMessageContaining("line 1");
    }

    @Test
    void jobIsIndexedAndLeftAloneByTheBuiltInController() {
        var common = WorkerPod.of(spec(worker("")), SERIALIZATION);
        var job = new BatchJob(NAMES, spec(worker("")), common).manifest(4, 3, new OwnerReference());

        assertThat(job.getSpec().getManagedBy()).isEqualTo(Keys.MANAGER);
        assertThat(job.getSpec().getCompletionMode()).isEqualTo("Indexed");
        assertThat(job.getSpec().getCompletions()).isEqualTo(3);
        assertThat(job.getSpec().getParallelism()).isEqualTo(3);
        assertThat(job.getMetadata().getName()).isEqualTo(NAMES.batch(4));
    }

    @Test
    void jobOfAQueueOfKueueIsCreatedSuspendedWithItsLabel() {
        QueueSpec spec =
                QueueSpec.builder(NAME, worker("")).kueueQueue("team-a").build();
        var job = new BatchJob(NAMES, spec, WorkerPod.of(spec, SERIALIZATION)).manifest(1, 1, new OwnerReference());

        assertThat(job.getSpec().getSuspend()).isTrue();
        assertThat(job.getMetadata().getLabels()).containsEntry("kueue.x-k8s.io/queue-name", "team-a");
        assertThat(job.getSpec().getTemplate().getMetadata().getLabels()).doesNotContainValue("team-a");
        assertThat(spec.batchItems()).isEqualTo(1);
        assertThat(spec(worker("")).batchItems()).isEqualTo(100);
    }

    @Test
    void nameThatCanBeNoQueueOfKueueIsASentence() {
        assertThatThrownBy(() ->
                        QueueSpec.builder(NAME, worker("")).kueueQueue("Team A").build())
                .hasMessageContaining("The queue of Kueue is \"Team A\": give the name of a LocalQueue");
    }

    @Test
    void priorityClassWinsOverThatOfTheUsersPod() {
        QueueSpec spec = spec(WorkerSpec.builder("acme/thumbnailer:1")
                .priorityClass("batch")
                .podYaml("spec: {priorityClassName: low, priority: 7, preemptionPolicy: Never}")
                .build());

        var pod = WorkerPod.of(spec, SERIALIZATION).getSpec();
        assertThat(pod.getPriorityClassName()).isEqualTo("batch");
        assertThat(pod.getPriority()).isNull();
        assertThat(pod.getPreemptionPolicy()).isNull();
    }

    private static final Owner.State OWNER =
            new Owner.State(NAMES.owner(), "owner uid", "1", NAME, "run1", false, 0, "");

    private static Pod parse(String yaml) {
        return UserPod.parse(yaml, SERIALIZATION);
    }

    private static Pod item(WorkerSpec worker, Entry entry, int attempt) {
        return new ItemPod(NAMES, WorkerPod.of(spec(worker), SERIALIZATION))
                .manifest(NAMES.batch(entry.batch()), entry, attempt, OWNER.reference(), "uid");
    }

    private static QueueSpec spec(WorkerSpec worker) {
        return QueueSpec.builder(NAME, worker).build();
    }

    private static WorkerSpec worker(String yaml) {
        return worker(yaml, WorkerSpec.Security.RESTRICTED);
    }

    private static WorkerSpec worker(String yaml, WorkerSpec.Security security) {
        return WorkerSpec.builder("acme/thumbnailer:1")
                .env(List.of(io.jenkins.plugins.taskqueue.engine.worker.EnvVar.literal("MODE", "$(fast)")))
                .requests(Map.of("cpu", "500m"))
                .tolerations(List.of(new Toleration("gpu", null, "")))
                .pullSecrets(List.of("registry"))
                .security(security)
                .podYaml(yaml)
                .build();
    }

    private static Container worker(Pod pod) {
        return pod.getSpec().getContainers().get(0);
    }

    private static Map<String, String> env(Pod pod) {
        return worker(pod).getEnv().stream()
                .collect(java.util.stream.Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }
}
