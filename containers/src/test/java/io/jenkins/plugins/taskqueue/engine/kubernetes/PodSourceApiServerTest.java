package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemsSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class PodSourceApiServerTest {
    private static final AmbassadorPod IMAGE = new AmbassadorPod("acme/videos:1", 8080, List.of("--deep"), "");

    private TestNamespace namespace;
    private KubernetesClient client;
    private TestQueue queue;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
        namespace.restricted();
        client = namespace.client();
        queue = new TestQueue(client, namespace.name, TestQueue.spec("videos", ""));
    }

    @AfterEach
    void close() {
        queue.close();
        namespace.close();
    }

    @Test
    void waitsUntilTheQueueHasBeenOpened() {
        try (var source = source("build 1", IMAGE)) {
            assertThatThrownBy(() -> source.withPatience(Duration.ZERO).list(Listing.NONE))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("acme/videos:1")
                    .hasMessageContaining("once the queue has been opened");
            assertThat(pods()).isEmpty();
        }
    }

    @Test
    void isListedWhenItsPodIsReadyAndLeavesNothing() throws Exception {
        queue.open();
        try (var source = source("build 1", IMAGE)) {
            assertThat(source.list(Listing.NONE).names()).containsExactly("a");
            Pod pod = pods().get(0);
            assertThat(pod.getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getName()).isEqualTo("tq-" + QueueId.of("videos")));
            assertThat(pod.getSpec().getContainers())
                    .singleElement()
                    .satisfies(container -> assertThat(container.getArgs()).containsExactly("--deep"));
            assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
            assertThat(queue.cluster.observed().pods())
                    .as("the queue's own pods")
                    .isEmpty();
        }
        await().atMost(TestQueue.LONG).untilAsserted(() -> assertThat(pods()).isEmpty());
    }

    @Test
    void podThatWasLostIsStartedAgain() throws Exception {
        queue.open();
        try (var source = source("build 1", IMAGE)) {
            source.list(Listing.NONE);
            String first = pods().get(0).getMetadata().getUid();
            namespace.admin.pods().inNamespace(namespace.name).delete();

            assertThat(source.list(Listing.NONE).names()).containsExactly("a");
            assertThat(pods())
                    .singleElement()
                    .satisfies(pod -> assertThat(pod.getMetadata().getUid()).isNotEqualTo(first));
        }
    }

    @Test
    void sameBuildFindsItsPodAgainAndAnotherOneGetsItsOwn() throws Exception {
        queue.open();
        try (var source = source("build 1", IMAGE);
                var afterRestart = source("build 1", IMAGE)) {
            source.list(Listing.NONE);
            afterRestart.list(Listing.NONE);
            assertThat(pods()).hasSize(1);

            try (var other = source("build 2", IMAGE)) {
                other.list(Listing.NONE);
                assertThat(pods()).hasSize(2);
            }
            await().atMost(TestQueue.LONG)
                    .untilAsserted(() -> assertThat(pods()).hasSize(1));
            assertThat(source.list(Listing.NONE).names()).containsExactly("a");
        }
    }

    @Test
    void goesWithItsQueueThoughNobodyClosesIt() throws Exception {
        queue.open();
        source("build 1", IMAGE).list(Listing.NONE);
        assertThat(pods()).hasSize(1);

        queue.cluster.delete();
        await().atMost(TestQueue.LONG).untilAsserted(() -> assertThat(pods()).isEmpty());
    }

    @Test
    void reasonWhyItsPodWaitsIsTold() throws Exception {
        var nowhere = new AmbassadorPod("acme/videos:1", 8080, List.of(), TestQueue.ON_NO_NODE);
        queue.open();
        try (var source = source("build 1", nowhere).withPatience(Duration.ofSeconds(2))) {
            await().atMost(TestQueue.LONG)
                    .untilAsserted(() -> assertThatThrownBy(() -> source.list(Listing.NONE))
                            .isInstanceOf(SourceException.class)
                            .hasMessageContaining("Unschedulable")
                            .hasMessageContaining("pod tq-" + QueueId.of("videos") + "-source-"));
        }
    }

    @Test
    void containerThatEndsAgainAndAgainIsTold() throws Exception {
        // No node takes it, so that its status is the test's own.
        var nowhere = new AmbassadorPod("acme/videos:1", 8080, List.of(), TestQueue.ON_NO_NODE);
        queue.open();
        try (var source = source("build 1", nowhere).withPatience(Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> source.list(Listing.NONE)).isInstanceOf(SourceException.class);
            status("{\"terminated\": {\"exitCode\": 64}}", "{}");
            assertThatThrownBy(() -> source.list(Listing.NONE)).hasMessageContaining("ended with exit code 64");
            status("{\"waiting\": {\"reason\": \"CrashLoopBackOff\"}}", "{\"terminated\": {\"exitCode\": 65}}");
            assertThatThrownBy(() -> source.list(Listing.NONE)).hasMessageContaining("ended with exit code 65");
            status("{\"running\": {}}", "{}");
            assertThatThrownBy(() -> source.list(Listing.NONE)).hasMessageContaining("accept connections at port 8080");
        }
    }

    private void status(String state, String lastState) {
        String container = pods().get(0).getSpec().getContainers().get(0).getName();
        namespace
                .admin
                .pods()
                .inNamespace(namespace.name)
                .resource(pods().get(0))
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"phase\": \"Running\", \"containerStatuses\": [{\"name\": \"" + container
                                + "\", \"image\": \"i\", \"imageID\": \"\", \"ready\": false, \"restartCount\": 1, \"state\": "
                                + state + ", \"lastState\": " + lastState + "}]}}");
    }

    @Test
    void podThatMayNotBeIsASentence() throws Exception {
        var privileged = new AmbassadorPod("acme/videos:1", 8080, List.of(), "spec: {hostNetwork: true}");
        queue.open();
        try (var source = source("build 1", privileged)) {
            assertThatThrownBy(() -> source.list(Listing.NONE))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("hostNetwork");
        }
    }

    /** Whoever may create pods can take the name, and would say what the queue works on. */
    @Test
    void aPodOfItsNameThatIsNotTheQueuesIsNotAsked() throws Exception {
        queue.open();
        Pod foreign = IMAGE.manifest(
                AmbassadorPod.name(QueueId.of("videos"), "build 1"),
                QueueId.of("videos"),
                "guessed",
                List.of(),
                client.getKubernetesSerialization());
        namespace.admin.pods().inNamespace(namespace.name).resource(foreign).create();
        try (var source = source("build 1", IMAGE).withPatience(Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> source.list(Listing.NONE))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("is not this queue's and is not asked: delete it");
            namespace.admin.pods().inNamespace(namespace.name).delete();

            source.withPatience(TestQueue.LONG);
            assertThat(source.list(Listing.NONE).names()).containsExactly("a");
        }
    }

    @Test
    void eachPodHasATokenThatItsAmbassadorAsksFor() throws Exception {
        queue.open();
        try (var source = source("build 1", IMAGE);
                var other = source("build 2", IMAGE)) {
            source.list(Listing.NONE);
            other.list(Listing.NONE);

            assertThat(pods())
                    .extracting(AmbassadorPod::token)
                    .doesNotHaveDuplicates()
                    .allSatisfy(token -> assertThat(token).hasSize(40));
        }
    }

    private PodSource source(String user, AmbassadorPod pod) {
        return PodSource.of(
                client, namespace.name, QueueId.of("videos"), user, pod, http -> ItemsSource.of(List.of("a")));
    }

    private List<Pod> pods() {
        return namespace
                .admin
                .pods()
                .inNamespace(namespace.name)
                .withLabel(Keys.AMBASSADOR, QueueId.of("videos").value())
                .list()
                .getItems();
    }
}
