package io.jenkins.plugins.taskqueue.containers.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.taskqueue.engine.ambassador.PercentEncoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store on loopback with one bucket, {@code b}, that takes any key as Amazon's does; it checks no signature. */
public final class FakeS3 implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final String ROOT = "/b";

    public final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    /** How many keys each listing asked for. */
    public final List<Integer> asked = new CopyOnWriteArrayList<>();
    /** What changed something: the method and the key. */
    public final List<String> changes = new CopyOnWriteArrayList<>();

    private volatile String refusedKey = "";
    private volatile boolean checksums = true;
    private volatile boolean damaging;
    private final HttpServer server;
    private volatile Refusal refusal;

    private record Refusal(int status, String type, String body) {}

    public FakeS3(String... keys) throws IOException {
        Arrays.stream(keys).forEach(key -> objects.put(key, new byte[key.length()]));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on every request gets this. */
    public void refuse(int status, String code) {
        answer(status, "application/xml", "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
    }

    public void answer(int status, String type, String body) {
        refusal = new Refusal(status, type, body);
    }

    /** From now on this key can't be written. */
    public void refuse(String key) {
        refusedKey = key;
    }

    /** From now on it knows nothing of checksums, as an older store. */
    public void ignoreChecksums() {
        checksums = false;
    }

    /** From now on what it stores is not what it was sent. */
    public void damage() {
        damaging = true;
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
                object(exchange, PercentEncoding.decode(path.substring(ROOT.length() + 1)));
            }
        }
    }

    private String list(Map<String, String> query) {
        var prefix = query.getOrDefault("prefix", "");
        var most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
        asked.add(most);
        var keys = objects.keySet().stream()
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

    private void object(HttpExchange exchange, String key) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, key);
            case "DELETE" -> {
                changes.add("DELETE " + key);
                objects.remove(key);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> get(exchange, key);
        }
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        var object = objects.get(key);
        if (object == null) {
            send(exchange, 404, "application/xml", "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>");
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("ETag", "\"e" + object.length + "\"");
        headers.set("Last-Modified", "Tue, 24 Nov 2026 05:00:00 GMT");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", "" + object.length);
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, object.length == 0 ? -1 : object.length);
            exchange.getResponseBody().write(object);
        }
    }

    private void put(HttpExchange exchange, String key) throws IOException {
        changes.add("PUT " + key);
        var sent = exchange.getRequestBody().readAllBytes();
        var chunked = exchange.getRequestHeaders().getFirst("x-amz-decoded-content-length") != null;
        var body = chunked ? chunks(sent) : sent;
        var promised = exchange.getRequestHeaders().getFirst("x-amz-checksum-sha256");
        if (key.equals(refusedKey)) {
            send(exchange, 403, "application/xml", "<Error><Code>AccessDenied</Code></Error>");
        } else if (checksums && !sha256(body).equals(promised)) {
            send(exchange, 400, "application/xml", "<Error><Code>BadDigest</Code></Error>");
        } else {
            objects.put(key, damaging ? new byte[body.length] : body);
            if (checksums) {
                exchange.getResponseHeaders().set("x-amz-checksum-sha256", promised);
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** What is in the chunks of {@code aws-chunked}, whose signatures are taken as they are. */
    private static byte[] chunks(byte[] sent) {
        var body = new ByteArrayOutputStream();
        var text = new String(sent, StandardCharsets.ISO_8859_1);
        for (int at = 0, size = -1; size != 0; at += size + 2) {
            int line = text.indexOf("\r\n", at);
            size = Integer.parseInt(text.substring(at, line).split(";")[0], 16);
            at = line + 2;
            body.write(sent, at, size);
        }
        return body.toByteArray();
    }

    private static String sha256(byte[] body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
