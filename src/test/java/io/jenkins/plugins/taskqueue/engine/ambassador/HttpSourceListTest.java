package io.jenkins.plugins.taskqueue.engine.ambassador;

import static io.jenkins.plugins.taskqueue.engine.ambassador.TestServer.list;
import static io.jenkins.plugins.taskqueue.engine.ambassador.TestServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.Listing;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSourceListTest {
    @Test
    void listsInTheSourcesOrder() throws Exception {
        try (var server = TestServer.of(list("\"b\",\"a\",\"B\""))) {
            var listing = server.source().list(Listing.NONE);

            assertThat(listing.names()).containsExactly("b", "a", "B");
            assertThat(listing.etag()).isEmpty();
            assertThat(listing.acknowledges()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/api/v1/"})
    void prefixOfTheBaseIsKept(String prefix) throws Exception {
        try (var server = TestServer.of(list(""))) {
            HttpSource.over(HttpSourceSettings.of(server.url() + prefix)).list(Listing.NONE);

            assertThat(server.requests()).containsExactly("/api/v1/items");
        }
    }

    @Test
    void emptyListingIsAListing() throws Exception {
        try (var server = TestServer.of(list(""))) {
            assertThat(server.source().list(Listing.NONE)).isNotSameAs(Listing.NONE);
        }
    }

    @Test
    void unknownFieldsAndTheirOrderDoNotMatter() throws Exception {
        var body = "{\"x\":{\"items\":[1]},\"items\":[\"a\"],\"apiVersion\":\"v1\",\"y\":null,\"kind\":\"ItemList\"}";
        try (var server = TestServer.of(body)) {
            assertThat(server.source().list(Listing.NONE).names()).containsExactly("a");
        }
    }

    @Test
    void byteOrderMarkIsSkipped() throws Exception {
        try (var server = TestServer.of("\ufeff" + list("\"a\""))) {
            assertThat(server.source().list(Listing.NONE).names()).containsExactly("a");
        }
    }

    @Test
    void sourceThatWantsToBeToldSaysSo() throws Exception {
        var body = "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":[],\"acknowledges\":true}";
        try (var server = TestServer.of(body)) {
            assertThat(server.source().list(Listing.NONE).acknowledges()).isTrue();
        }
    }

    @Test
    void sameNamesAgainAreThePreviousListing() throws Exception {
        try (var server = TestServer.of(list("\"a\",\"b\""))) {
            var first = server.source().list(Listing.NONE);

            assertThat(server.source().list(first)).isSameAs(first);
        }
    }

    @Test
    void otherOrderIsAnotherListing() throws Exception {
        try (var server = TestServer.of(list("\"a\",\"b\""))) {
            assertThat(server.source().list(Listing.of("b", "a")).names()).containsExactly("a", "b");
        }
    }

    @Test
    void etagIsSentBackAndNotModifiedIsThePreviousListing() throws Exception {
        var sent = new CopyOnWriteArrayList<String>();
        try (var server = new TestServer(exchange -> {
            sent.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")));
            exchange.getResponseHeaders().add("ETag", "\"v1\"");
            if (sent.size() > 1) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                send(exchange, 200, list("\"a\""));
            }
        })) {
            var source = server.source();
            var first = source.list(Listing.NONE);

            assertThat(first.etag()).isEqualTo("\"v1\"");
            assertThat(source.list(first)).isSameAs(first);
            assertThat(sent).containsExactly("null", "\"v1\"");
        }
    }

    @Test
    void newEtagIsKeptThoughTheNamesAreTheSame() throws Exception {
        var etag = new AtomicReference<>("\"v1\"");
        try (var server = new TestServer(exchange -> {
            exchange.getResponseHeaders().add("ETag", etag.get());
            send(exchange, 200, list("\"a\""));
        })) {
            var first = server.source().list(Listing.NONE);
            etag.set("\"v2\"");

            assertThat(server.source().list(first).etag()).isEqualTo("\"v2\"");
        }
    }

    @Test
    void etagThatCannotBeSentIsNotKept() throws Exception {
        try (var server = new TestServer(exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"" + "x".repeat(2000) + "\"");
            send(exchange, 200, list("\"a\""));
        })) {
            assertThat(server.source().list(Listing.NONE).etag()).isEmpty();
        }
    }

    @Test
    void hundredThousandNamesComeInOneAnswer() throws Exception {
        try (var server = TestServer.of(list(names(0, 100_000)))) {
            var listing = server.source().list(Listing.NONE);

            assertThat(listing.names()).hasSize(100_000).endsWith("video-99999.mp4");
            assertThat(server.source().list(listing)).isSameAs(listing);
        }
    }

    static String names(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "\"video-" + i + ".mp4\"")
                .collect(Collectors.joining(","));
    }
}
