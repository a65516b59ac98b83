package io.jenkins.plugins.taskqueue.containers.ambassador.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.taskqueue.engine.ambassador.PercentEncoding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store on loopback with one bucket, {@code b}, that takes any key as Amazon's does; it checks no signature. */
final class FakeS3 implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final String ROOT = "/b";

    final TreeMap<String, Integer> sizes = new TreeMap<>();
    final List<Integer> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Refusal refusal;

    private record Refusal(int status, String type, String body) {}

    FakeS3(String... keys) throws IOException {
        Arrays.stream(keys).forEach(key -> sizes.put(key, key.length()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on every request gets this. */
    void refuse(int status, String code) {
        answer(status, "application/xml", "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
    }

    void answer(int status, String type, String body) {
        refusal = new Refusal(status, type, body);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getRawPath();
            if (refusal != null) {
                send(exchange, refusal.status, refusal.type, refusal.body);
            } else if (path.equals(ROOT) || path.equals(ROOT + "/")) {
                send(exchange, 200, "application/xml", list(query(exchange.getRequestURI())));
            } else {
                head(exchange, PercentEncoding.decode(path.substring(ROOT.length() + 1)));
            }
        }
    }

    private String list(Map<String, String> query) {
        var prefix = query.getOrDefault("prefix", "");
        var most = Integer.parseInt(query.get("max-keys"));
        asked.add(most);
        var keys = sizes.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .filter(key -> key.compareTo(query.getOrDefault("continuation-token", "")) > 0)
                .toList();
        var xml = new StringBuilder("<ListBucketResult><Name>b</Name><EncodingType>url</EncodingType>");
        var more = keys.size() > most;
        var page = more ? keys.subList(0, most) : keys;
        page.forEach(key -> xml.append("<Contents><Key>")
                .append(PercentEncoding.encode(key))
                .append("</Key></Contents>"));
        if (more) {
            xml.append("<NextContinuationToken>").append(page.get(most - 1)).append("</NextContinuationToken>");
        }
        return xml + "<IsTruncated>" + more + "</IsTruncated></ListBucketResult>";
    }

    private void head(HttpExchange exchange, String key) throws IOException {
        var size = sizes.get(key);
        if (size == null) {
            send(exchange, 404, "application/xml", "");
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Length", size.toString());
        headers.set("ETag", "\"e" + size + "\"");
        headers.set("Last-Modified", "Tue, 24 Nov 2026 05:00:00 GMT");
        exchange.sendResponseHeaders(200, -1);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        var head = exchange.getRequestMethod().equals("HEAD");
        var bytes = head ? NOTHING : body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> values = new HashMap<>();
        for (var pair : uri.getRawQuery().split("&")) {
            var parts = pair.split("=", 2);
            values.put(parts[0], PercentEncoding.decode(parts.length == 1 ? "" : parts[1]));
        }
        return values;
    }
}
