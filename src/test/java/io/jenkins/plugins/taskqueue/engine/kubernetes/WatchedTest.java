package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.Denial;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedTest {
    private static final String PODS = "/api/v1/namespaces/media/pods";

    private final Heard heard = new Heard();
    private PlayedServer server;
    private Watched<Pod> watched;

    /** What was told, in its order. */
    private final class Heard {
        final List<String> told = new CopyOnWriteArrayList<>();
        final AtomicInteger refreshed = new AtomicInteger();
        volatile Error poison;

        private String list() throws ClusterException, InterruptedException {
            return server.api()
                    .list(
                            Pod.class,
                            Map.of("a/b", "c"),
                            page -> page.forEach(pod ->
                                    told.add("LISTED " + pod.getMetadata().getName())));
        }

        private void see(Pod pod, boolean deleted) {
            String name = pod.getMetadata().getName();
            Error thrown = poison;
            if (name.equals("poison") && thrown != null) {
                poison = null;
                throw thrown;
            }
            assertThat(pod.getMetadata().getManagedFields()).isEmpty();
            told.add((deleted ? "DELETED " : "SEEN ") + name);
        }

        private Watched.Audience<Pod> audience() {
            return new Watched.Audience<>(
                    queue -> !queue.equals("another"), this::list, this::see, refreshed::incrementAndGet);
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = new PlayedServer((asked, out) -> {});
    }

    @AfterEach
    void close() {
        watched.close();
        server.close();
    }

    /** Each list has one object and the version 41; watches are answered in their order, and the last one stalls. */
    private void follow(PlayedServer.Play... watches) {
        var next = new AtomicInteger();
        server.play((asked, out) -> {
            out.begin(200);
            if (!asked.contains("watch=true")) {
                out.send("{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"41\"},\"items\":["
                        + "{\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"manager\":\"m\"}]}}]}");
            } else if (next.get() < watches.length) {
                watches[next.getAndIncrement()].answer(asked, out);
            } else {
                server.over.await();
            }
        });
        watched = new Watched<>(server.api(), Pod.class, Map.of("a/b", "c"), heard.audience(), 0, System::nanoTime);
        watched.start(null);
    }

    private static String event(String type, String name, int version) {
        return "{\"type\":\"" + type + "\",\"object\":{\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name
                + "\",\"resourceVersion\":\"" + version
                + "\",\"managedFields\":[{\"manager\":\"m\",\"fieldsV1\":{\"f:a\":{}}}],\"unheardOf\":{}}}}\n";
    }

    private List<String> lists() {
        return server.asked.stream().filter(asked -> !asked.contains("watch")).toList();
    }

    private List<String> watches() {
        return server.asked.stream().filter(asked -> asked.contains("watch")).toList();
    }

    @Test
    void whatChangesAfterTheListIsToldAsItsLinesCome() {
        follow((asked, out) -> {
            String second = event("MODIFIED", "längere-" + "x".repeat(40_000), 43);
            out.send(event("ADDED", "b", 42) + second.substring(0, 30));
            await().until(() -> heard.told.contains("SEEN b"));
            out.send(second.substring(30) + event("DELETED", "b", 44));
            server.over.await();
        });

        await().until(() -> heard.told.size() == 4);
        assertThat(heard.told.subList(0, 2)).containsExactly("LISTED a", "SEEN b");
        assertThat(heard.told.get(2)).startsWith("SEEN längere-xx");
        assertThat(heard.told.get(3)).isEqualTo("DELETED b");
        assertThat(lists()).containsExactly(PODS + "?limit=500&labelSelector=a%2Fb%3Dc");
        assertThat(watches())
                .containsExactly(PODS + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=0"
                        + "&resourceVersion=41&labelSelector=a%2Fb%3Dc");
        assertThat(heard.refreshed).hasValue(1);
    }

    @Test
    void aWatchThatEndedIsGoneOnFromTheLastVersionThatWasTold() {
        follow((asked, out) -> out.send(event("ADDED", "b", 42) + event("BOOKMARK", "", 50)));

        await().until(() -> watches().size() == 2);
        assertThat(watches().get(1)).contains("resourceVersion=50");
        assertThat(lists()).hasSize(1);
    }

    @Test
    void aRightThatCameBackIsKnownAsSoonAsTheServerAgreesToWatch() {
        var refused = new CountDownLatch(1);
        KubernetesApi api = server.api();
        server.play((asked, out) -> {
            if (asked.contains("watch=true") && watches().size() == 1) {
                out.begin(403);
            } else if (asked.contains("watch=true")) {
                refused.await();
                out.begin(200);
                server.over.await();
            } else {
                out.begin(200);
                out.send("{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"41\"},\"items\":[]}");
            }
        });
        watched = new Watched<>(api, Pod.class, Map.of("a/b", "c"), heard.audience(), 0, System::nanoTime);
        watched.start(null);

        await().until(() -> api.gate().denial().sentence().contains("watch pods"));
        refused.countDown();
        await().until(() -> api.gate().denial().equals(Denial.NONE));
    }

    @Test
    void aWatchThatToldNothingIsNotGoneOnFrom() {
        follow((asked, out) -> {}, (asked, out) -> {});

        await().until(() -> lists().size() == 3);
    }

    @Test
    void whatTheServerSaysOfAGapHasEverythingListedAnew() {
        follow((asked, out) -> out.send("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"status\":\"Failure\","
                + "\"code\":410,\"message\":\"too old resource version\"}}\n"));

        await().until(() -> watches().size() == 2);
        assertThat(lists()).hasSize(2);
    }

    @Test
    void whateverIsThrownOverAnEventIsSurvived() {
        heard.poison = new StackOverflowError("a defect of whoever listens");
        follow(
                (asked, out) -> {
                    out.send(event("ADDED", "poison", 42));
                    server.over.await();
                },
                (asked, out) -> {
                    out.send(event("ADDED", "poison", 42));
                    server.over.await();
                });

        await().until(() -> heard.told.contains("SEEN poison"));
        assertThat(lists()).hasSize(2);
    }

    @Test
    void whatCannotBeReadDoesNotEndTheWatch() {
        follow((asked, out) -> {
            out.send("nonsense\n" + event("ADDED", "b", 42));
            server.over.await();
        });

        await().until(() -> heard.told.contains("SEEN b"));
        assertThat(watches()).hasSize(1);
    }

    @Test
    void whatIsOfAnotherQueueIsNotEvenRead() {
        follow((asked, out) -> {
            out.send("nonsense {\"" + Keys.QUEUE + "\":\"another\"}\n");
            out.send(event("ADDED", "b", 42)
                    .replace("\"unheardOf\"", "\"labels\":{\"" + Keys.QUEUE + "\":\"another\"}, \"x\""));
            out.send(event("ADDED", "c", 43)
                    .replace("\"unheardOf\"", "\"labels\":{\"" + Keys.QUEUE + "\":\"mine\"}, \"x\""));
            server.over.await();
        });

        await().until(() -> heard.told.contains("SEEN c"));
        assertThat(heard.told).doesNotContain("SEEN b");
    }

    @Test
    void aWatchThatIsSilentIsGivenUpAndGoneOnFrom() {
        follow((asked, out) -> {
            out.send(event("ADDED", "b", 42));
            server.over.await();
        });

        await().until(() -> watches().size() >= 2);
        assertThat(watches().get(1)).contains("resourceVersion=42");
        assertThat(server.clients()).as("fresh ones").isGreaterThan(2);
    }
}
