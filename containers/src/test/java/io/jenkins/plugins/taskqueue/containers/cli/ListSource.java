package io.jenkins.plugins.taskqueue.containers.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A source ambassador with a fixed list; each item's data is {@code {"of":"source"}}. */
final class ListSource implements AutoCloseable {
    private final HttpServer server;
    private volatile String authorization = "";

    ListSource(String... names) throws IOException {
        String items = List.of(names).stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            authorization = given == null ? "" : given;
            boolean list = exchange.getRequestURI().getPath().equals("/items");
            byte[] answer = (list
                            ? "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":" + items + "}"
                            : "{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":{\"of\":\"source\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (exchange) {
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String authorization() {
        return authorization;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
