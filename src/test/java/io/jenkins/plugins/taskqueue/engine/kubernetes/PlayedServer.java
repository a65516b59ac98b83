package io.jenkins.plugins.taskqueue.engine.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API server over HTTP, whichever client library there is: played by what writes the lines of an answer. */
final class PlayedServer implements AutoCloseable {
    /** Requests in their order, as path and query. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    /** Open until the server is closed: for answers that stall. */
    final CountDownLatch over = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<KubernetesClient> clients = new CopyOnWriteArrayList<>();
    private volatile Play play;

    /** What the API server answers. */
    interface Play {
        void answer(String asked, Out out) throws IOException, InterruptedException;
    }

    record Out(HttpExchange exchange) {
        void begin(int status) throws IOException {
            exchange.sendResponseHeaders(status, 0);
        }

        void send(String text) throws IOException {
            OutputStream out = exchange.getResponseBody();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    PlayedServer(Play play) throws IOException {
        this.play = play;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::respond);
        server.start();
    }

    void play(Play next) {
        play = next;
    }

    private void respond(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestURI().toString();
        asked.add(request);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            play.answer(request, new Out(exchange));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another one with each call. */
    KubernetesClient client() {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build())
                .build();
        clients.add(client);
        return client;
    }

    int clients() {
        return clients.size();
    }

    KubernetesApi api() {
        return new KubernetesApi(
                new Transport(this::client), "media", new ApiGate(ApiLimits.DEFAULT, "media", System::nanoTime));
    }

    @Override
    public void close() {
        over.countDown();
        clients.forEach(KubernetesClient::close);
        server.stop(0);
        threads.shutdownNow();
    }
}
