package io.jenkins.plugins.taskqueue.containers.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A source on loopback that can be down, slow, or answer nonsense. */
final class ItemServer implements AutoCloseable {
    /** How it behaves. */
    enum Mood {
        GOOD,
        DOWN,
        SLOW,
        NONSENSE
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final List<String> names;
    private volatile Mood mood = Mood.GOOD;

    ItemServer(int items) throws IOException {
        names = IntStream.range(0, items).mapToObj(i -> "item " + i).toList();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> names() {
        return names;
    }

    void mood(Mood next) {
        mood = next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (mood) {
                case DOWN -> exchange.sendResponseHeaders(503, -1);
                case SLOW -> drip(exchange);
                case NONSENSE -> send(exchange, "<html>{\"kind\":\"Nonsense\", \"items\": [1, 2");
                default -> send(exchange, body(exchange.getRequestURI().getPath()));
            }
        }
    }

    private String body(String path) {
        return path.equals("/items")
                ? "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":["
                        + names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(",")) + "]}"
                : "{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":{\"path\":\"" + path + "\"}}";
    }

    /** Begins to answer and goes no further until it is told to be something else. */
    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        while (mood == Mood.SLOW) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            LockSupport.parkNanos(200_000_000);
        }
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        mood = Mood.DOWN;
        server.stop(0);
        threads.shutdownNow();
    }
}
