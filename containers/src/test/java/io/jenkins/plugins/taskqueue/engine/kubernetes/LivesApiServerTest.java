package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Maker;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose an object is: the present queue's, an earlier one's of the same name, or nobody's. The pods fit on no node. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class LivesApiServerTest {
    private static final String OWNER = "tq-" + QueueId.of("videos");

    private TestNamespace namespace;
    private TestQueue queue;

    @BeforeEach
    void open() throws Exception {
        namespace = new TestNamespace();
        queue = videos().open();
    }

    @AfterEach
    void close() {
        queue.close();
        namespace.close();
    }

    private TestQueue videos() {
        return new TestQueue(namespace.client(), namespace.name, TestQueue.spec("videos", TestQueue.ON_NO_NODE));
    }

    /** The owner object is deleted, and before anything else has gone the queue is begun anew. */
    private void beginAnew() throws Exception {
        queue.close();
        namespace.admin.configMaps().inNamespace(namespace.name).withName(OWNER).delete();
        queue = videos().open();
    }

    private void succeed(Pod pod) {
        namespace.setPhase(pod.getMetadata().getName(), "Succeeded");
    }

    @Test
    void podsOfAnEarlierLifeAreNeverTakenForNewItems() throws Exception {
        queue.start(1, 2);
        List<Pod> old = namespace.pods();
        beginAnew();

        old.forEach(this::succeed);
        await().atMost(TestQueue.LONG)
                .until(() -> namespace.pods().stream()
                        .allMatch(pod -> pod.getStatus().getPhase().equals("Succeeded")));
        await().atMost(TestQueue.LONG)
                .until(() -> !queue.cluster.observed().others().sentence().isEmpty());

        assertThat(queue.cluster.observed().pods()).isEmpty();
        assertThat(queue.cluster.observed().jobs()).isEmpty();
        assertThat(queue.cluster.observed().records()).isEmpty();
    }

    @Test
    void leftoversAreRemovedByWhoeverActsNext() throws Exception {
        queue.write(queue.start(1, 2), ItemState.FAILED);
        queue.start(2, 1);
        queue.close();
        namespace.admin.configMaps().inNamespace(namespace.name).withName(OWNER).delete();
        var api = new KubernetesApi(
                new Transport(namespace::client),
                namespace.name,
                new ApiGate(ApiLimits.DEFAULT, namespace.name, System::nanoTime));
        new Owner(api, new ObjectNames(QueueId.of("videos"), "videos"), Clock.systemUTC())
                .open(Maker.STAND_ALONE); // and dies

        queue = videos().open();

        await().atMost(TestQueue.LONG).untilAsserted(() -> {
            queue.cluster.sweep(Set.of(), List.of());
            assertThat(namespace.pods()).isEmpty();
            assertThat(namespace.jobs()).isEmpty();
            assertThat(ours()).containsExactly(OWNER);
        });
        await().atMost(TestQueue.LONG)
                .untilAsserted(() ->
                        assertThat(queue.cluster.observed().others().sentence()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(DeletionPropagation.class)
    void podsOutliveTheirJobHoweverItIsDeleted(DeletionPropagation how) throws Exception {
        BatchRecord record = queue.start(1, 1);
        namespace.job(OWNER + "-1").withPropagationPolicy(how).delete();

        await().atMost(TestQueue.LONG).untilAsserted(() -> {
            assertThat(queue.cluster.observed().jobs()).isEmpty();
            assertThat(namespace.pods())
                    .singleElement()
                    .extracting(Pod::getMetadata)
                    .satisfies(pod -> {
                        assertThat(pod.getDeletionTimestamp()).isNull();
                        assertThat(pod.getOwnerReferences())
                                .extracting(OwnerReference::getName)
                                .containsExactly(OWNER);
                    });
        });
        assertThat(queue.pods(1)).extracting(PodView::phase).containsExactly(PodView.Phase.PENDING);
        queue.cluster.release(queue.write(record, ItemState.SUCCEEDED), queue.pods(1));
        namespace.awaitNoPods();
    }

    @Test
    void podIsDeletedBeforeItIsLetGo() throws Exception {
        BatchRecord record = queue.start(1, 2);
        namespace.requests.clear();
        queue.cluster.release(queue.write(record, ItemState.CANCELLED), queue.pods(1));

        assertThat(namespace.writes())
                .extracting(request -> request.replaceAll(" .*/(pods|configmaps)\\b.*", " $1"))
                .containsExactly("PATCH configmaps", "DELETE pods", "PATCH pods", "PATCH pods");
    }

    @Test
    void copiesAreIgnoredAndStay() throws Exception {
        BatchRecord record = queue.start(1, 2);
        ConfigMap owned = namespace
                .admin
                .configMaps()
                .inNamespace(namespace.name)
                .withName(OWNER + "-1")
                .get();
        create(new ConfigMapBuilder(owned)
                .withMetadata(copy(owned.getMetadata(), "backup"))
                .build());
        Pod pod = namespace.pods().get(0);
        create(new PodBuilder(pod)
                .withMetadata(copy(pod.getMetadata(), "debug"))
                .editSpec()
                .withServiceAccount(null)
                .endSpec()
                .build());
        await().atMost(TestQueue.LONG)
                .until(() -> queue.cluster.observed().others().sentence().contains("ConfigMap backup, Pod debug"));
        assertThat(queue.cluster.observed().others().left()).isFalse();
        assertThat(queue.cluster.observed().records()).hasSize(1);
        assertThat(queue.pods(1)).hasSize(2);

        queue.cluster.sweep(Set.of(), List.of());
        queue.end(record, ItemState.SUCCEEDED);

        await().atMost(TestQueue.LONG)
                .untilAsserted(() -> assertThat(namespace.pods())
                        .extracting(left -> left.getMetadata().getName())
                        .containsExactly("debug"));
        assertThat(ours()).containsExactlyInAnyOrder(OWNER, OWNER + "-1", "backup");
    }

    private static ObjectMeta copy(ObjectMeta original, String name) {
        var copy = new ObjectMeta();
        copy.setName(name);
        copy.setLabels(original.getLabels());
        copy.setOwnerReferences(original.getOwnerReferences());
        return copy;
    }

    @Test
    void aNameThatIsTakenIsWaitedForWithASentence() throws Exception {
        BatchRecord record = queue.claim(1, 2);
        queue.cluster.startJob(record);
        queue.cluster.startPod(record, 1, 0);
        Pod pod = namespace.pods().get(0);
        var earlier = copy(pod.getMetadata(), OWNER + "-1-0-0");
        earlier.getLabels().put(Keys.COMPLETION_INDEX, "0");
        earlier.getOwnerReferences().forEach(owner -> owner.setUid("00000000-0000-0000-0000-000000000001"));
        earlier.setFinalizers(List.of(Keys.FINALIZER));
        create(new PodBuilder(pod).withMetadata(earlier).build());
        var strange = new ObjectMeta();
        strange.setName(OWNER + "-1-0-1");
        create(new PodBuilder(pod).withMetadata(strange).build());

        assertThatThrownBy(() -> queue.cluster.startPod(record, 0, 0))
                .hasMessageContaining("is left of an earlier queue of this name")
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TAKEN));
        assertThatThrownBy(() -> queue.cluster.startPod(record, 0, 1)).hasMessageContaining("delete or rename it");

        await().atMost(TestQueue.LONG).untilAsserted(() -> {
            queue.cluster.sweep(Set.of(), List.of());
            queue.cluster.startPod(record, 0, 0);
        });
        assertThat(queue.pods(1)).hasSize(2);
    }

    private void create(io.fabric8.kubernetes.api.model.HasMetadata object) {
        namespace.admin.resource(object).inNamespace(namespace.name).create();
    }

    private List<String> ours() {
        return namespace
                .admin
                .configMaps()
                .inNamespace(namespace.name)
                .withLabel(Keys.MANAGED_BY)
                .list()
                .getItems()
                .stream()
                .map(map -> map.getMetadata().getName())
                .toList();
    }
}
