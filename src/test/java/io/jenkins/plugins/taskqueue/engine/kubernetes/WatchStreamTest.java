package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watch over HTTP, whichever client library there is: the API server is played by what writes the lines of an answer. */
class WatchStreamTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Heard heard = new Heard();
    private volatile String asked = "";
    private HttpServer server;
    private KubernetesClient client;

    /** What the API server answers. */
    private interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    private static final class Heard {
        final List<String> events = new CopyOnWriteArrayList<>();
        final List<String> ends = new CopyOnWriteArrayList<>();

        void event(String type, Pod pod) {
            if (type.equals("ADDED") && pod.getMetadata().getName().equals("poison")) {
                throw new IllegalStateException("a defect of whoever listens");
            }
            events.add(type + " " + pod.getMetadata().getName() + " "
                    + pod.getMetadata().getManagedFields().size());
        }

        void ended(KubernetesClientException cause) {
            ends.add(cause == null ? "" : cause.getCode() + " " + cause.getMessage());
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        over.countDown();
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private WatchStream<Pod> watch(int status, Answer answer) {
        server.createContext("/", exchange -> respond(exchange, status, answer));
        return WatchStream.open(
                KubernetesApi.impatient(client),
                "media",
                Pod.class,
                Map.of("a/b", "c"),
                "41",
                300,
                heard::event,
                heard::ended);
    }

    private void respond(HttpExchange exchange, int status, Answer answer) throws IOException {
        asked = exchange.getRequestURI().toString();
        try (exchange) {
            exchange.sendResponseHeaders(status, 0);
            answer.write(exchange.getResponseBody());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static String pod(String type, String name) {
        return "{\"type\":\"" + type + "\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\""
                + name + "\",\"managedFields\":[{\"manager\":\"m\",\"fieldsV1\":{\"f:a\":{}}}],\"unheardOf\":{}}}}\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Test
    void eventsAreToldAsTheirLinesCome() {
        watch(200, out -> {
            String second = pod("MODIFIED", "längere-" + "x".repeat(40_000));
            send(out, pod("ADDED", "a") + second.substring(0, 30));
            send(out, second.substring(30, 30_000));
            await().until(() -> heard.events.size() == 1);
            send(out, second.substring(30_000) + pod("DELETED", "a"));
            over.await();
        });

        await().until(() -> heard.events.size() == 3);
        assertThat(heard.events.get(0)).isEqualTo("ADDED a 0");
        assertThat(heard.events.get(1)).startsWith("MODIFIED längere-xx").endsWith("x 0");
        assertThat(heard.events.get(2)).isEqualTo("DELETED a 0");
        assertThat(heard.ends).isEmpty();
        assertThat(asked)
                .isEqualTo("/api/v1/namespaces/media/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=300"
                        + "&resourceVersion=41&labelSelector=a%2Fb%3Dc");
    }

    @Test
    void anEndIsToldOnce() {
        watch(200, out -> send(out, pod("ADDED", "a")));

        await().until(() -> !heard.ends.isEmpty());
        assertThat(heard.events).containsExactly("ADDED a 0");
        assertThat(heard.ends).containsExactly("");
    }

    @Test
    void whatTheServerSaysOfAGapEndsTheWatch() {
        watch(200, out -> {
            send(
                    out,
                    "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":410,"
                            + "\"message\":\"too old resource version\"}}\n");
            over.await();
        });

        await().until(() -> !heard.ends.isEmpty());
        assertThat(heard.ends).containsExactly("410 too old resource version");
    }

    @Test
    void aRefusalHasTheServersWords() {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() ->
                        watch(403, out -> send(out, "{\"kind\":\"Status\",\"code\":403,\"message\":\"not you\"}")))
                .withMessage("not you")
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403))
                .satisfies(
                        refusal -> assertThat(refusal.getStatus().getMessage()).isEqualTo("not you"));
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void aRefusalWithoutAStatusHasItsNumber() {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> watch(502, out -> send(out, "<html>no")))
                .withMessage("HTTP 502");
    }

    @Test
    void whatCannotBeReadDoesNotEndTheWatch() {
        watch(200, out -> {
            send(out, "nonsense\n" + pod("ADDED", "poison") + pod("ADDED", "a"));
            over.await();
        });

        await().until(() -> heard.events.size() == 1);
        assertThat(heard.events).containsExactly("ADDED a 0");
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void nothingIsToldAfterItWasClosedButItsEnd() {
        CountDownLatch closed = new CountDownLatch(1);
        WatchStream<Pod> stream = watch(200, out -> {
            closed.await();
            send(out, pod("ADDED", "late"));
        });
        stream.close();
        closed.countDown();

        // OkHttp throws on a thread of its own where a body is closed while it is read.
        await().dontCatchUncaughtExceptions().until(() -> !heard.ends.isEmpty());
        assertThat(heard.ends).containsExactly("");
        assertThat(heard.events).isEmpty();
    }
}
