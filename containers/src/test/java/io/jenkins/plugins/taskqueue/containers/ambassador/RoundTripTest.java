package io.jenkins.plugins.taskqueue.containers.ambassador;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The plugin's client against the project's own server. */
class RoundTripTest {
    private static final List<String> NASTY = List.of(
            "a/b/c.mp4",
            "/a",
            "a/",
            "//",
            "a b",
            " ",
            "🎬👩‍👩‍👧.mp4",
            "%2F",
            "%",
            "%00",
            "..",
            ".",
            "../../etc/passwd",
            "a",
            "A",
            "é",
            "e\u0301",
            "🎬".repeat(1024),
            "x".repeat(1024),
            "שלום עולם",
            "\u202eabc",
            "line\nbreak\ttab\r",
            "a\1b",
            "?x=y&z#f",
            "a+b",
            "\"quoted\"\\",
            "$(HOME)",
            "continue",
            "\ufeffbom",
            "\uffff");

    private static HttpSource source(AmbassadorServer server) {
        return HttpSource.over(HttpSourceSettings.of(server.url()));
    }

    @Test
    void nastyNamesSurvive() throws Exception {
        var items = NASTY.stream().collect(Collectors.toMap(name -> name, name -> "\"#" + NASTY.indexOf(name) + "\""));
        try (var server = AmbassadorServerTest.server(new MapItems(items), "/api/v1")) {
            var source = source(server);

            assertThat(source.list(Listing.NONE).names()).containsExactlyInAnyOrderElementsOf(NASTY);
            for (var name : NASTY) {
                assertThat(source.data(name)).as(name).hasValue(items.get(name));
            }
        }
    }

    @Test
    void randomNamesAndDataSurvive() throws Exception {
        var seed = System.nanoTime();
        System.out.println("RoundTripTest: seed " + seed);
        var random = new Random(seed);
        Map<String, String> items = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            items.put(
                    text(random, 1 + random.nextInt(40)),
                    "[" + random.nextLong() + random.nextLong(1000) + "." + i + "]");
        }
        try (var server = AmbassadorServerTest.server(new MapItems(items), "")) {
            var source = source(server);
            var listing = source.list(Listing.NONE);

            assertThat(listing.names()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(items.keySet());
            for (var name : listing.names()) {
                assertThat(source.data(name)).as("seed %d", seed).hasValue(items.get(name));
            }
        }
    }

    @Test
    void unchangedListingIsThePreviousOneByItsEtag() throws Exception {
        try (var server = AmbassadorServerTest.server(new MapItems(Map.of("a", "1")), "")) {
            var source = source(server);
            var first = source.list(Listing.NONE);

            assertThat(first.etag()).isNotEmpty();
            assertThat(source.list(first)).isSameAs(first);
        }
    }

    @Test
    void quarterOfAMillionNamesComeInPages() throws Exception {
        var items = IntStream.range(0, 250_000)
                .boxed()
                .collect(Collectors.toMap(i -> "videos/2026/video-" + i + ".mp4", i -> "1"));
        try (var server = AmbassadorServerTest.server(new MapItems(items), "")) {
            assertThat(source(server).list(Listing.NONE).names()).hasSize(250_000);
        }
    }

    /** Without U+0000, which Jetty takes in no URL, and which no variable of a worker can hold. */
    private static String text(Random random, int length) {
        return random.ints(length, 1, random.nextBoolean() ? 0x250 : Character.MAX_CODE_POINT + 1)
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append('x')
                .toString();
    }
}
