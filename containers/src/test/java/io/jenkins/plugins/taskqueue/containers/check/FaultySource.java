package io.jenkins.plugins.taskqueue.containers.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.taskqueue.engine.ambassador.PercentEncoding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** An ambassador that has every part of the source API, and at most one fault. */
final class FaultySource implements AutoCloseable {
    static final String FIRST = "a.mp4";
    private static final String ETAG = "\"one\"";

    private final Fault fault;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> names = new LinkedHashSet<>(List.of(FIRST, "b.mp4", "c.mp4", "d.mp4", "2026/é 1+1.mp4"));
    private final Set<String> done = new HashSet<>();
    private final AtomicInteger answering = new AtomicInteger();
    private final CountDownLatch several = new CountDownLatch(2);

    /** @param fault null for none */
    FaultySource(Fault fault) throws IOException {
        this.fault = fault;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private boolean has(Fault one) {
        return fault == one;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getRawPath();
            if (exchange.getRequestMethod().equals("POST")) {
                told(exchange, PercentEncoding.decode(path.split("/")[2]));
            } else if (path.equals("/items")) {
                list(exchange);
            } else {
                item(exchange, path.substring("/items/".length()));
            }
        }
    }

    private synchronized void told(HttpExchange exchange, String name) throws IOException {
        var again = !done.add(name);
        if (again && has(Fault.DONE_TWICE_IS_AN_ERROR)) {
            send(exchange, 500, "");
            return;
        }
        if (!has(Fault.DONE_IS_STILL_LISTED)) {
            names.remove(name);
        }
        send(exchange, 204, "");
    }

    private void list(HttpExchange exchange) throws IOException {
        var query = "" + exchange.getRequestURI().getRawQuery();
        if (has(Fault.REDIRECT)) {
            exchange.getResponseHeaders().set("Location", url() + "/v2/items");
            send(exchange, 302, "");
        } else if (query.contains("limit") || query.contains("continue")) {
            send(exchange, 200, page(query));
        } else {
            var same = ETAG.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            var asked = exchange.getRequestHeaders().containsKey("If-None-Match");
            exchange.getResponseHeaders().set("ETag", ETAG);
            var unchanged = has(Fault.ALWAYS_NOT_MODIFIED) ? asked : same && !has(Fault.NEVER_NOT_MODIFIED);
            send(exchange, unchanged ? 304 : 200, unchanged ? "" : whole());
        }
    }

    private synchronized String whole() {
        var given = names.stream().map(FaultySource::quoted).collect(Collectors.joining(","));
        var list = list(given, has(Fault.SAME_CONTINUE_FOR_EVER) ? "x" : "");
        if (fault == null) {
            return list;
        }
        return switch (fault) {
            case CUT_OFF -> list.substring(0, list.length() - 10);
            case OTHER_KIND -> list.replace("ItemList", "List");
            case NO_API_VERSION -> list.replace("apiVersion", "version");
            case NUMBERS_FOR_NAMES -> list(given + ",7", "");
            case NAME_TWICE -> list(given + "," + quoted(FIRST), "");
            case EMPTY_NAME -> list(given + ",\"\"", "");
            case DOES_NOT_SAY_THAT_IT_ACKNOWLEDGES -> list.replace("\"acknowledges\":true,", "");
            default -> list;
        };
    }

    /** Pages by the number of names that went before: nothing comes or goes here. */
    private synchronized String page(String query) {
        if (has(Fault.SAME_CONTINUE_FOR_EVER)) {
            return list("", "x");
        }
        var all = List.copyOf(names);
        var from = query.contains("continue=") ? Integer.parseInt(query.replaceAll(".*continue=", "")) : 0;
        var limit = query.contains("limit=") ? Integer.parseInt(query.replaceAll(".*limit=(\\d+).*", "$1")) : 100;
        var to = Math.min(all.size(), from + (has(Fault.MORE_THAN_THE_LIMIT) ? 2 * limit : limit));
        var next = to == all.size() || has(Fault.LIMIT_WITHOUT_CONTINUE) ? "" : "" + to;
        var skips = has(Fault.PAGES_SKIP_AN_ITEM) && from == 2 ? 1 : 0;
        return list(
                all.subList(from + skips, to).stream().map(FaultySource::quoted).collect(Collectors.joining(",")),
                next);
    }

    private void item(HttpExchange exchange, String segment) throws IOException {
        if (has(Fault.ONE_AT_A_TIME) && segment.equals(FIRST) && isBusy()) {
            send(exchange, 503, "");
            return;
        }
        var name = name(exchange, segment);
        if (has(Fault.FAULT_AT_ODD_NAMES) && name.contains("..")) {
            send(exchange, 500, "");
        } else if (!names.contains(name) && !has(Fault.EVERY_NAME_IS_AN_ITEM)
                || name.equals(FIRST) && has(Fault.LISTED_BUT_NOT_FOUND)) {
            send(exchange, 404, "{\"message\":\"no\"}");
        } else {
            var kind = name.equals(FIRST) && has(Fault.ITEM_OF_ANOTHER_KIND) ? "Video" : "Item";
            var data =
                    name.equals(FIRST) && has(Fault.DATA_TOO_LARGE) ? quoted("x".repeat(900 * 1024)) : "{\"size\":1}";
            send(exchange, 200, "{\"kind\":\"" + kind + "\",\"apiVersion\":\"v1\",\"data\":" + data + "}");
        }
    }

    private String name(HttpExchange exchange, String segment) {
        if (has(Fault.PATH_DECODED_TOO_EARLY)) {
            return exchange.getRequestURI().getPath().split("/")[2];
        }
        return has(Fault.PLUS_TAKEN_FOR_SPACE)
                ? URLDecoder.decode(PercentEncoding.decode(segment), StandardCharsets.UTF_8)
                : PercentEncoding.decode(segment);
    }

    /** Whether another such request is being answered; waits a little, so that requests at once do meet. */
    private boolean isBusy() {
        try {
            if (answering.incrementAndGet() > 1) {
                several.countDown();
                several.countDown();
                return true;
            }
            return several.await(200, TimeUnit.MILLISECONDS) && answering.get() > 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            answering.decrementAndGet();
        }
    }

    private static String list(String names, String next) {
        return "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"acknowledges\":true,\"items\":[" + names + "]"
                + (next.isEmpty() ? "" : ",\"continue\":" + quoted(next)) + "}";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
