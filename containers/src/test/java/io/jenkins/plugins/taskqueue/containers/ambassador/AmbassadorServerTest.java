package io.jenkins.plugins.taskqueue.containers.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.containers.http.Raw;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmbassadorServerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Items ITEMS = new MapItems(Map.of("a", "{\"n\":1.10}", "b/c", "2", "d", "null"));

    static AmbassadorServer server(Items items, String prefix) throws IOException {
        return new AmbassadorServer(items, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), prefix).start();
    }

    private static HttpResponse<String> send(String method, String url, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
        return CLIENT.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return send("GET", url);
    }

    @Test
    void listsItemsAndTellsTheirData() throws Exception {
        try (var server = server(ITEMS, "")) {
            assertThat(get(server.url() + "/items").body())
                    .isEqualTo("{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":[\"a\",\"b/c\",\"d\"]}");
            assertThat(get(server.url() + "/items/a").body())
                    .isEqualTo("{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":{\"n\":1.10}}");
            assertThat(get(server.url() + "/items/b%2Fc").body()).contains("\"data\":2}");
        }
    }

    @Test
    void understandsASlashThatAProxyDecoded() throws Exception {
        try (var server = server(ITEMS, "")) {
            assertThat(get(server.url() + "/items/b/c").body()).contains("\"data\":2}");
        }
    }

    @ParameterizedTest
    @CsvSource({"api/v1, /api/v1", "/api/v1/, /api/v1", "/, ''"})
    void prefixComesBeforeItemsAndNotBeforeProbes(String given, String prefix) throws Exception {
        try (var server = server(ITEMS, given)) {
            assertThat(server.url()).endsWith(prefix);
            assertThat(get(server.url() + "/items").statusCode()).isEqualTo(200);
            assertThat(get(server.url() + "/items/a").statusCode()).isEqualTo(200);
            assertThat(get(server.url().replace("/api/v1", "") + "/healthz").body())
                    .isEqualTo("ok\n");
        }
    }

    @Test
    void pagesUntilThereIsNoMore() throws Exception {
        try (var server = server(ITEMS, "")) {
            var first = get(server.url() + "/items?limit=2&x=y").body();

            assertThat(first).contains("[\"a\",\"b/c\"]", "\"continue\":\"2\"");
            assertThat(get(server.url() + "/items?limit=2&continue=2").body())
                    .contains("[\"d\"]")
                    .doesNotContain("continue");
        }
    }

    @Test
    void largeListingComesInPagesThoughNobodyAskedForThem() throws Exception {
        var many = IntStream.rangeClosed(0, Routes.MOST_NAMES)
                .boxed()
                .collect(Collectors.toMap(i -> "item-" + i, i -> "1"));
        try (var server = server(new MapItems(many), "")) {
            assertThat(get(server.url() + "/items").body()).contains("\"continue\":\"" + Routes.MOST_NAMES + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /items?limit=0, 400, a number from 1 on",
        "GET, /items?limit=-1, 400, a number from 1 on",
        "GET, /items?limit=x, 400, a number from 1 on",
        "GET, /items?continue=%FF, 400, not percent-encoded UTF-8",
        "GET, /items/%C3, 400, not percent-encoded UTF-8",
        "GET, /items/, 404, no item of this name in a map",
        "GET, /items/x, 404, no item of this name",
        "GET, /, 404, the items are at /items",
        "GET, /itemsx, 404, the items are at /items",
        "POST, /items, 405, by GET and HEAD only",
        "DELETE, /items/a, 405, not by DELETE"
    })
    void whatCannotBeAnsweredGetsASentence(String method, String path, int status, String sentence) throws Exception {
        try (var server = server(ITEMS, "")) {
            var answer = send(method, server.url() + path);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).startsWith("{\"kind\":\"Error\"").contains(sentence);
            assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
        }
    }

    @Test
    void storeThatCannotBeReadIsNotAnEmptyList() throws Exception {
        try (var server = server(new BrokenItems(ItemsException.unavailable("The drive is away.", null)), "")) {
            var answer = get(server.url() + "/items");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("The drive is away.");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        }
    }

    @Test
    void faultIsToldWithoutItsDetails() throws Exception {
        try (var server = server(new BrokenItems(new IllegalStateException("secret")), "")) {
            var answer = get(server.url() + "/items");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("see its log").doesNotContain("secret");
        }
    }

    @Test
    void etagComesFromTheContent() throws Exception {
        try (var server = server(ITEMS, "");
                var other = server(new MapItems(Map.of("a", "1")), "")) {
            var etag = get(server.url() + "/items").headers().firstValue("ETag").orElseThrow();

            assertThat(send("GET", server.url() + "/items", "If-None-Match", etag)
                            .statusCode())
                    .isEqualTo(304);
            assertThat(send("GET", server.url() + "/items", "If-None-Match", "\"x\", W/" + etag)
                            .statusCode())
                    .isEqualTo(304);
            assertThat(send("GET", other.url() + "/items", "If-None-Match", etag)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        try (var server = server(ITEMS, "")) {
            var head = send("HEAD", server.url() + "/items");
            var get = get(server.url() + "/items");

            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("ETag"))
                    .isEqualTo(get.headers().firstValue("ETag"));
            assertThat(head.headers().firstValueAsLong("Content-Length").orElseThrow())
                    .isEqualTo(get.body().length());
        }
    }

    @Test
    void metricsCountRequestsByRouteAndStatus() throws Exception {
        try (var server = server(ITEMS, "")) {
            get(server.url() + "/items");
            get(server.url() + "/items/a");
            get(server.url() + "/items/x");
            // A request is counted after its answer has been sent.
            await().untilAsserted(
                            () -> assertThat(get(server.url() + "/metrics").body())
                                    .contains("taskqueue_ambassador_requests_total{route=\"items\",status=\"200\"} 1.0")
                                    .contains("taskqueue_ambassador_requests_total{route=\"item\",status=\"404\"} 1.0")
                                    .contains("taskqueue_ambassador_listed_items 3.0"));
        }
    }

    @Test
    void aNameThatAStrangerGaveTheAddressIsRefused() throws Exception {
        try (var server = server(ITEMS, "");
                var raw = new Raw(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        URI.create(server.url()).getPort()))) {
            var rebound = "GET /items HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n";

            assertThat(raw.answer(rebound)).startsWith("HTTP/1.1 421").doesNotContain("b/c");
            assertThat(raw.get("/items", "Origin: http://evil.example")).startsWith("HTTP/1.1 403");
            assertThat(raw.answer(rebound.replace("/items", "/healthz"))).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void requestsThatNeverArriveHoldNobodyUp() throws Exception {
        try (var server = server(ITEMS, "");
                var raw = new Raw(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        URI.create(server.url()).getPort()))) {
            raw.send(100, "GET /items HTTP/1.1\r\n");

            assertThat(raw.get("/healthz")).startsWith("HTTP/1.1 200");
            assertThat(raw.get("/items/a")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void stopLetsRequestsEnd() throws Exception {
        var asked = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var server = server(new SlowItems(asked, go), "");
        var answer = CLIENT.sendAsync(
                HttpRequest.newBuilder(URI.create(server.url() + "/items/a")).build(),
                HttpResponse.BodyHandlers.ofString());
        asked.await();
        var stopped = CompletableFuture.runAsync(server::close);
        go.countDown();

        assertThat(answer.get().body()).contains("\"data\":1}");
        stopped.get();
    }

    private record BrokenItems(Exception failure) implements Items {
        @Override
        public Page list(String token, int limit) throws ItemsException {
            if (failure instanceof ItemsException unavailable) {
                throw unavailable;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public Optional<String> data(String name) {
            return Optional.empty();
        }

        @Override
        public String describe() {
            return "nothing";
        }
    }

    private record SlowItems(CountDownLatch asked, CountDownLatch go) implements Items {
        @Override
        public Page list(String token, int limit) {
            return new Page(List.of(), "");
        }

        @Override
        public Optional<String> data(String name) throws InterruptedException {
            asked.countDown();
            go.await();
            return Optional.of("1");
        }

        @Override
        public String describe() {
            return "slow";
        }
    }
}
