package io.jenkins.plugins.taskqueue.engine.ambassador;

import static io.jenkins.plugins.taskqueue.engine.ambassador.TestServer.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpSourceNonsenseTest {
    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of("", "gave an empty answer"),
                Arguments.of("<html>no</html>", "gave no valid JSON"),
                Arguments.of("[\"a\"]", "gave a JSON array instead of an object"),
                Arguments.of("\"a\"", "gave a JSON string instead of an object"),
                Arguments.of("{\"kind\":\"ItemList\"", "gave no valid JSON"),
                Arguments.of("{}", "gave a JSON object without \"kind\""),
                Arguments.of("{\"kind\":\"ItemList\",\"items\":[]}", "without \"apiVersion\""),
                Arguments.of("{\"kind\":\"ItemList\",\"apiVersion\":\"v1\"}", "without \"items\""),
                Arguments.of(list("") + "x", "gave no valid JSON"),
                Arguments.of(list("") + "{}", "more text after the JSON object"),
                Arguments.of(list("").replace("v1", "v2"), "apiVersion \"v2\" instead of \"v1\""),
                Arguments.of(list("").replace("ItemList", "PodList"), "kind \"PodList\" instead of \"ItemList\""),
                Arguments.of(list("").replace("\"ItemList\"", "7"), "\"kind\" that is a JSON number"),
                Arguments.of(list("").replace("[]", "{}"), "\"items\" that is a JSON object"),
                Arguments.of(list("").replace("[]", "null"), "\"items\" that is a JSON null"),
                Arguments.of(list("").replace("[]", "[],\"items\":[]"), "the field \"items\" twice"),
                Arguments.of(list("{\"name\":\"a\"}"), "an item that is a JSON object"),
                Arguments.of(list("[\"a\"]"), "an item that is a JSON array"),
                Arguments.of(list("1"), "an item that is a JSON number"),
                Arguments.of(list("null"), "an item that is a JSON null"),
                Arguments.of(list("\"a\",\"b\",\"a\""), "the item \"a\" twice"),
                Arguments.of(list("\"\""), "an empty name"),
                Arguments.of(list("\"" + "x".repeat(1025) + "\""), "1025 characters"),
                Arguments.of(list("\"\\ud800\""), "half of a surrogate pair"),
                Arguments.of(list("\"a\"").replace("}", ",\"continue\":5}"), "\"continue\" that is a JSON number"),
                Arguments.of("[".repeat(5000), "JSON array instead of an object"),
                Arguments.of("{\"x\":" + "[".repeat(5000), "with too many levels"),
                Arguments.of(list("\"" + "x".repeat(100_000) + "\""), "a text or a number that is too long"),
                Arguments.of("{\"x\":" + "9".repeat(100_000) + "}", "a text or a number that is too long"));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void isRefusedWithTheUrlAndTheFact(String body, String fact) {
        try (var server = TestServer.of(body)) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> server.source().list(Listing.NONE))
                    .withMessageContaining(server.url() + "/items ")
                    .withMessageContaining(fact)
                    .withMessageEndingWith(".")
                    .matches(e -> !e.isPermanent(), "passing");
        }
    }

    @Test
    void listingOverTheLimitIsRefused() {
        try (var server = TestServer.of(list(HttpSourceListTest.names(0, 1000)))) {
            var source = HttpSource.over(server.settings().withListBytes(5000));

            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> source.list(Listing.NONE))
                    .withMessageContaining("a listing of more than 5000 bytes")
                    .matches(e -> !e.isPermanent(), "passing");
        }
    }

    /** A name of one letter takes a hundred times that in memory. */
    @Test
    void whatManyShortNamesTakeInMemoryIsCounted() {
        String names = IntStream.range(0, 12_000)
                .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\"")
                .collect(Collectors.joining(","));
        try (var server = TestServer.of(list(names))) {
            var source = HttpSource.over(server.settings().withListBytes(1_000_000));

            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> source.list(Listing.NONE))
                    .withMessageContaining(
                            "names and more, which take more than 1048576 bytes of memory: list fewer items");
        }
    }

    @Test
    void listingOfExactlyTheLimitIsTaken() throws Exception {
        var body = list("\"a\"");
        try (var server = TestServer.of(body)) {
            var source = HttpSource.over(server.settings().withListBytes(body.length()));

            assertThat(source.list(Listing.NONE).names()).containsExactly("a");
        }
    }

    @Test
    void nameWithNulIsListed() throws Exception {
        try (var server = TestServer.of(list("\"a\\u0000b\""))) {
            assertThat(server.source().list(Listing.NONE).names()).containsExactly("a\0b");
        }
    }
}
