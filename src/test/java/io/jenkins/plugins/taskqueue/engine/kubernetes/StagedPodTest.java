package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StagedPodTest {
    private static final ObjectNames NAMES = new ObjectNames(QueueId.of("pictures"), "pictures");
    private static final io.jenkins.plugins.taskqueue.engine.worker.EnvVar SIZE =
            io.jenkins.plugins.taskqueue.engine.worker.EnvVar.literal("SIZE", "small");
    private static final io.jenkins.plugins.taskqueue.engine.worker.EnvVar ALL =
            io.jenkins.plugins.taskqueue.engine.worker.EnvVar.literal("ALL", "yes");

    @Test
    void allButTheLastAreInitContainersAndTheLastIsTheWorker() {
        Pod pod = pod(staged());

        assertThat(pod.getSpec().getInitContainers())
                .extracting(Container::getName, Container::getImage)
                .containsExactly(tuple("decode", "acme/decode:1"), tuple("transform", "acme/transform:1"));
        assertThat(pod.getSpec().getInitContainers().get(1).getCommand()).containsExactly("scale");
        assertThat(pod.getSpec().getInitContainers().get(1).getArgs()).containsExactly("0.5");
        assertThat(pod.getSpec().getContainers()).singleElement().satisfies(worker -> {
            assertThat(worker.getName()).isEqualTo("worker");
            assertThat(worker.getImage()).isEqualTo("acme/encode:1");
        });
    }

    @Test
    void eachHasTheContractItsOwnVariablesAndTheSharedDirectory() {
        Pod pod = pod(staged());
        List<Container> stages = stages(pod);

        assertThat(stages).allSatisfy(stage -> {
            assertThat(env(stage))
                    .containsEntry("WORK_ITEM", "a.jpg")
                    .containsEntry("WORK_ITEM_FILE", "/task-queue/item.json")
                    .containsEntry("WORK_ATTEMPT", "2")
                    .containsEntry("WORK_RESULT_FILE", "/dev/termination-log")
                    .containsEntry("WORK_DIR", "/task-queue-work")
                    .containsEntry("ALL", "yes");
            assertThat(stage.getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .contains("/task-queue", "/task-queue-work");
            assertThat(stage.getTerminationMessagePath()).isEqualTo("/dev/termination-log");
        });
        assertThat(stages)
                .extracting(stage -> env(stage).get("WORK_STAGE"))
                .containsExactly("decode", "transform", "encode");
        assertThat(stages).extracting(stage -> env(stage).get("SIZE")).containsExactly(null, "small", null);
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("task-queue-work"))
                .singleElement()
                .satisfies(volume -> assertThat(volume.getEmptyDir()).isNotNull());
    }

    @Test
    void eachIsRestrictedAndRunsAsTheUserThatIsSet() {
        var security = new WorkerSpec.Security(1000L, false, false, false);

        assertThat(stages(pod(staged().security(security)))).allSatisfy(stage -> {
            assertThat(stage.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
            assertThat(stage.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(stage.getSecurityContext().getRunAsUser()).isEqualTo(1000);
        });
    }

    @Test
    void eachAsksForTheResourcesOfTheWorker() {
        assertThat(stages(pod(staged().requests(Map.of("cpu", "2")))))
                .allSatisfy(
                        stage -> assertThat(stage.getResources().getRequests()).containsKey("cpu"));
    }

    @Test
    void usersPodIsMergedUnderStagesByName() {
        Pod pod = pod(staged().podYaml("""
                spec:
                  initContainers:
                    - {name: transform, image: loses:1, workingDir: /kept}
                    - {name: fetch, image: fetch:1}
                  containers:
                    - {name: side, image: side:1}
                    - {name: worker, workingDir: /last}
                """));

        assertThat(pod.getSpec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("fetch", "decode", "transform");
        Container transform = pod.getSpec().getInitContainers().get(2);
        assertThat(transform.getImage()).isEqualTo("acme/transform:1");
        assertThat(transform.getWorkingDir()).isEqualTo("/kept");
        assertThat(pod.getSpec().getContainers()).extracting(Container::getName).containsExactly("worker", "side");
        assertThat(pod.getSpec().getContainers().get(0).getWorkingDir()).isEqualTo("/last");
        assertThat(env(pod.getSpec().getInitContainers().get(0))).doesNotContainKey("WORK_ITEM");
    }

    @Test
    void workerOfOneImageHasNoSharedDirectory() {
        Pod pod = pod(WorkerSpec.builder("acme/one:1"));

        assertThat(pod.getSpec().getInitContainers()).isEmpty();
        assertThat(env(pod.getSpec().getContainers().get(0))).doesNotContainKeys("WORK_DIR", "WORK_STAGE");
        assertThat(pod.getMetadata().getAnnotations()).doesNotContainKey(Keys.STAGES);
    }

    @Test
    void badStagesAreRefusedWithASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage("De_code"))
                .withMessageContaining("\"De_code\" can't be the name of a stage");
        assertThatIllegalArgumentException().isThrownBy(() -> stage("worker"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerSpec.builder("")
                        .stages(List.of(stage("a"), stage("a")))
                        .build())
                .withMessageContaining("Two stages have the name \"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerSpec.builder("acme/one:1")
                        .stages(List.of(stage("a")))
                        .build())
                .withMessageContaining("Both stages and an image");
    }

    private static WorkerSpecBuilder staged() {
        return WorkerSpec.builder("")
                .env(List.of(ALL))
                .stages(List.of(
                        stage("decode"),
                        new Stage("transform", "acme/transform:1", List.of("scale"), List.of("0.5"), List.of(SIZE)),
                        stage("encode")));
    }

    private static Stage stage(String name) {
        return new Stage(name, "acme/" + name + ":1", List.of(), List.of(), List.of());
    }

    private static Pod pod(WorkerSpecBuilder worker) {
        Pod common = WorkerPod.of(QueueSpec.builder("pictures", worker.build()).build(), new KubernetesSerialization());
        return new ItemPod(NAMES, common)
                .manifest(NAMES.batch(1), new Entry(1, 0, "r", "a.jpg", null, null), 2, new OwnerReference(), "uid");
    }

    private static List<Container> stages(Pod pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .toList();
    }

    private static Map<String, String> env(Container container) {
        return container.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }
}
