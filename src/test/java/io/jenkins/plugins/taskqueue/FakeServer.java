package io.jenkins.plugins.taskqueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback: as much of an API server as is asked by a test, or an ambassador. Knows what it was asked. */
final class FakeServer implements AutoCloseable {
    static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private record Answer(int status, String body, String location) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile Set<String> denied = Set.of();

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** An API server of a version that allows everything. */
    static FakeServer ofVersion(String minor) throws IOException {
        return new FakeServer()
                .with(
                        "/version",
                        200,
                        "{\"major\":\"1\",\"minor\":\"" + minor + "\",\"gitVersion\":\"v1." + minor + ".4+test\"}");
    }

    /** An ambassador. */
    static FakeServer listing(String names) throws IOException {
        return new FakeServer().with("/items", 200, list(names));
    }

    static String list(String names) {
        return "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":[" + names + "]}";
    }

    FakeServer with(String path, int status, String body) {
        answers.put(path, new Answer(status, body, null));
        return this;
    }

    FakeServer redirecting(String path, String location) {
        answers.put(path, new Answer(302, "", location));
        return this;
    }

    /** @param rights as {@code verb resource} */
    FakeServer denying(String... rights) {
        denied = Set.of(rights);
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Paths, in the order in which they were asked for. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getRawPath();
            requests.add(path);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Answer answer = path.equals(REVIEWS)
                    ? new Answer(201, review(asked), null)
                    : answers.getOrDefault(path, new Answer(404, "", null));
            if (answer.location() != null) {
                exchange.getResponseHeaders().set("Location", answer.location());
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String review(String asked) {
        String subresource = field(asked, "subresource");
        String right = field(asked, "verb") + " " + field(asked, "resource")
                + (subresource.isEmpty() ? "" : "/" + subresource);
        return "{\"kind\":\"SelfSubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\",\"status\":{\"allowed\":"
                + !denied.contains(right) + "}}";
    }

    private static String field(String json, String name) {
        var matcher = java.util.regex.Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"")
                .matcher(json);
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
