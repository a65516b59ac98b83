package io.jenkins.plugins.taskqueue.engine.ambassador;

import static io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceListTest.names;
import static io.jenkins.plugins.taskqueue.engine.ambassador.TestServer.list;
import static io.jenkins.plugins.taskqueue.engine.ambassador.TestServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpSourcePagesTest {
    private static void page(HttpExchange exchange, String items, String next) throws IOException {
        send(
                exchange,
                200,
                "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"continue\":" + next + ",\"items\":[" + items + "]}");
    }

    @Test
    void pagesAreFollowedAndTheTokenIsEncoded() throws Exception {
        try (var server = new TestServer(exchange -> {
            var query = exchange.getRequestURI().getRawQuery();
            if (query == null) {
                page(exchange, "\"a\"", "\"&x=1 /é\"");
            } else {
                page(exchange, "\"b\"", "null");
            }
        })) {
            assertThat(server.source().list(Listing.NONE).names()).containsExactly("a", "b");
            assertThat(server.requests()).containsExactly("/items", "/items?continue=%26x%3D1%20%2F%C3%A9");
        }
    }

    @Test
    void hundredThousandNamesComeInPages() throws Exception {
        try (var server = new TestServer(exchange -> {
            var query = exchange.getRequestURI().getQuery();
            int from = query == null ? 0 : Integer.parseInt(query.substring("continue=".length()));
            page(exchange, names(from, from + 1000), from == 99_000 ? "\"\"" : "\"" + (from + 1000) + "\"");
        })) {
            assertThat(server.source().list(Listing.NONE).names())
                    .hasSize(100_000)
                    .startsWith("video-0.mp4")
                    .endsWith("video-99999.mp4");
            assertThat(server.requests()).hasSize(100);
        }
    }

    @Test
    void etagOfAFirstPageSaysNothingOfTheOthers() throws Exception {
        try (var server = new TestServer(exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"first-page\"");
            boolean first = exchange.getRequestURI().getQuery() == null;
            page(exchange, first ? "\"a\"" : "\"b\"", first ? "\"2\"" : "null");
        })) {
            assertThat(server.source().list(Listing.NONE).etag()).isEmpty();
        }
    }

    @Test
    void nameOnTwoPagesIsRefused() {
        try (var server = new TestServer(
                exchange -> page(exchange, "\"a\"", exchange.getRequestURI().getQuery() == null ? "\"2\"" : "null"))) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> server.source().list(Listing.NONE))
                    .withMessageContaining("/items?continue=… gave the item \"a\" twice");
        }
    }

    /** What it gave to ask with is its secret, whatever goes wrong then. */
    @Test
    void noSentenceShowsTheTokenOfAPage() {
        for (var answer : List.<TestServer.Handler>of(
                exchange -> send(exchange, 200, "{"),
                exchange -> send(exchange, 200, list("7")),
                exchange -> send(exchange, 200, list("\"" + "x".repeat(2_000_000) + "\"")),
                exchange -> send(exchange, 500, "{\"message\":\"no page of se/cret, se%2Fcret\"}"),
                exchange -> send(exchange, 410, ""),
                exchange -> exchange.sendResponseHeaders(200, 9))) {
            try (var server = new TestServer(exchange -> {
                if (exchange.getRequestURI().getQuery() == null) {
                    page(exchange, "\"a\"", "\"se/cret\"");
                } else {
                    answer.answer(exchange);
                }
            })) {
                assertThatExceptionOfType(SourceException.class)
                        .isThrownBy(() -> HttpSource.over(server.settings().withListBytes(1_000_000))
                                .list(Listing.NONE))
                        .withMessageContaining("/items?continue=… ")
                        .withMessageNotContaining("cret");
            }
        }
    }

    @Test
    void sameTokenTwiceIsAnEndlessListing() {
        try (var server = new TestServer(exchange -> page(exchange, "", "\"again\""))) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> server.source().list(Listing.NONE))
                    .withMessageContaining("endless")
                    .matches(e -> !e.isPermanent());
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void everNewTokensAreAnEndlessListing() {
        var pages = new AtomicInteger();
        try (var server = new TestServer(exchange -> page(exchange, "", "\"" + pages.incrementAndGet() + "\""))) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> server.source().list(Listing.NONE))
                    .withMessageContaining("1000 pages without a name");
            assertThat(pages).hasValue(HttpSource.MOST_EMPTY_PAGES + 1);
        }
    }

    @Test
    void limitCountsAllPagesTogether() {
        var pages = new AtomicInteger();
        try (var server = new TestServer(exchange -> {
            int page = pages.incrementAndGet();
            page(exchange, names(page * 100, page * 100 + 100), page < 50 ? "\"" + page + "\"" : "null");
        })) {
            var source = HttpSource.over(server.settings().withListBytes(10_000));

            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> source.list(Listing.NONE))
                    .withMessageContaining("more than 10000 bytes");
            assertThat(pages).hasValueLessThan(10);
        }
    }
}
