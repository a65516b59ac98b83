package io.jenkins.plugins.taskqueue.engine.ambassador;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback whose every answer a test makes by hand. */
final class TestServer implements AutoCloseable {
    static {
        // Otherwise each answer's body waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    interface Handler {
        void answer(HttpExchange exchange) throws IOException;
    }

    TestServer(Handler handler) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no port on loopback", e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            try (exchange) {
                handler.answer(exchange);
            }
        });
        server.start();
    }

    /** Answers everything with 200 and this body. */
    static TestServer of(String body) {
        return new TestServer(exchange -> send(exchange, 200, body));
    }

    static TestServer ofStatus(int status, String header, String value) {
        return new TestServer(exchange -> {
            exchange.getResponseHeaders().add(header, value);
            send(exchange, status, "");
        });
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    static String list(String items) {
        return "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":[" + items + "]}";
    }

    static String item(String data) {
        return "{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":" + data + "}";
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    HttpSourceSettings settings() {
        return HttpSourceSettings.of(url());
    }

    HttpSource source() {
        return HttpSource.over(settings());
    }

    /** Path and query of each request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
