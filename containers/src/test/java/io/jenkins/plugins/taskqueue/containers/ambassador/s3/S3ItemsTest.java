package io.jenkins.plugins.taskqueue.containers.ambassador.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.taskqueue.containers.ambassador.AmbassadorServer;
import io.jenkins.plugins.taskqueue.containers.ambassador.Glob;
import io.jenkins.plugins.taskqueue.containers.ambassador.Items;
import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import io.jenkins.plugins.taskqueue.containers.s3.FakeS3;
import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.StoreOptions;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ItemsTest {
    private static final String[] NASTY = {
        "a b/c d.mp4",
        "🎬/é.mp4",
        "50%.mp4",
        "%2F",
        "a//b",
        "/a",
        "..",
        ".",
        "a/../b",
        "a+b",
        "?x=y&z#f",
        "\"q\"<&>'",
        "line\nbreak",
        "\u0001",
        "x".repeat(1024),
        "é".repeat(512),
    };

    private static S3Items items(String endpoint, String location, String glob) {
        var options = StoreOptions.of("--endpoint", endpoint, "--anonymous");
        return new S3Items(options.client(), S3Location.of(location), new Glob(glob), key -> "", options.describe());
    }

    @Test
    void keysBelowTheFolderAreItemsButForFoldersAndWhatTheGlobLeavesOut() throws Exception {
        try (var store = new FakeS3("v/a.mp4", "v/2026/b.mp4", "v/2026/", "v/c.txt", "v2/d.mp4", "e.mp4");
                var items = items(store.endpoint(), "s3://b/v", "**/*.mp4")) {
            assertThat(items.list("", 100)).isEqualTo(new Items.Page(List.of("2026/b.mp4", "a.mp4"), ""));
            assertThat(items.data("c.txt")).isEmpty();
            assertThat(items.data("2026/")).isEmpty();
            assertThat(items.data("gone.mp4")).isEmpty();
        }
    }

    @Test
    void dataTellsWhereTheObjectIsAndWhatItIs() throws Exception {
        try (var store = new FakeS3("v/a b.mp4");
                var items = items(store.endpoint(), "s3://b/v", "**")) {
            assertThat(items.data("a b.mp4"))
                    .hasValue("{\"bucket\":\"b\",\"key\":\"v/a b.mp4\",\"size\":9,\"etag\":\"e9\","
                            + "\"modified\":\"2026-11-24T05:00:00Z\"}");
        }
    }

    @Test
    void nastyKeysSurviveFromTheStoreToTheQueue() throws Exception {
        try (var store = new FakeS3(NASTY);
                var server = new AmbassadorServer(
                                items(store.endpoint(), "s3://b", "**"),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                "")
                        .start()) {
            var source = HttpSource.over(HttpSourceSettings.of(server.url()));

            assertThat(source.list(Listing.NONE).names()).containsExactlyInAnyOrder(NASTY);
            for (var name : NASTY) {
                assertThat(source.data(name))
                        .as(name)
                        .hasValueSatisfying(data -> assertThat(data).contains("\"size\":" + name.length() + ","));
            }
        }
    }

    @Test
    void pagesPassStraightThroughAndNoMoreThanTenAreHeld() throws Exception {
        var keys = IntStream.range(0, 25_000).mapToObj("k%05d"::formatted).toArray(String[]::new);
        try (var store = new FakeS3(keys);
                var items = items(store.endpoint(), "s3://b", "**")) {
            List<String> names = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            var page = new Items.Page(List.of(), "");
            do {
                page = items.list(page.next(), 100_000);
                sizes.add(page.names().size());
                names.addAll(page.names());
            } while (!page.next().isEmpty());

            assertThat(names).containsExactly(keys);
            assertThat(sizes).containsExactly(10_000, 10_000, 5_000);
            assertThat(store.asked).hasSize(25).containsOnly(1000);
        }
    }

    @Test
    void limitIsKeptOverSeveralPagesOfTheStore() throws Exception {
        var keys = IntStream.range(0, 2000).mapToObj("k%05d"::formatted).toArray(String[]::new);
        try (var store = new FakeS3(keys);
                var items = items(store.endpoint(), "s3://b", "**")) {
            assertThat(items.list("", 1500).names()).hasSize(1500);
            assertThat(store.asked).containsExactly(1000, 500);
        }
    }

    @Test
    void globThatLeavesMostOutGivesPagesWithoutNamesNotAnAnswerThatNeverEnds() throws Exception {
        var keys = IntStream.range(0, 11_000).mapToObj("k%05d"::formatted).toArray(String[]::new);
        try (var store = new FakeS3(keys);
                var items = items(store.endpoint(), "s3://b", "k10999")) {
            var first = items.list("", 100_000);

            assertThat(first.names()).isEmpty();
            assertThat(items.list(first.next(), 100_000)).isEqualTo(new Items.Page(List.of("k10999"), ""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, There is no bucket \"b\"",
        "403, AccessDenied, need s3:ListBucket",
        "403, InvalidAccessKeyId, does not accept the credentials",
        "403, SignatureDoesNotMatch, does not accept the credentials",
        "400, ExpiredToken, have expired",
        "400, AuthorizationHeaderMalformed, in another region",
        "503, SlowDown, has too much to do",
        "500, InternalError, answered 500",
        "418, Teapot, answered 418",
    })
    void refusalIsASentenceAndNeverAnEmptyListing(int status, String code, String sentence) throws Exception {
        try (var store = new FakeS3("a");
                var items = items(store.endpoint(), "s3://b", "**")) {
            store.refuse(status, code);

            assertThatThrownBy(() -> items.list("", 10))
                    .isInstanceOf(ItemsException.class)
                    .hasMessageContaining(sentence);
        }
    }

    /** The answer to HEAD has no code: a store says 404 as well of a bucket, or a user, that is gone. */
    @Test
    void objectThatIsNotFoundBecauseNothingIsIsNotTakenForGone() throws Exception {
        try (var store = new FakeS3("a");
                var items = items(store.endpoint(), "s3://b", "**")) {
            store.refuse(404, "NoSuchBucket");
            assertThatThrownBy(() -> items.data("a")).hasMessageContaining("There is no bucket \"b\"");

            store.refuse(404, "XAdminUserNotFound");
            assertThatThrownBy(() -> items.data("a")).hasMessageContaining("does not accept the credentials");
        }
    }

    @Test
    void deniedObjectIsASentenceToo() throws Exception {
        try (var store = new FakeS3("a");
                var items = items(store.endpoint(), "s3://b", "**")) {
            store.refuse(403, "AccessDenied");

            assertThatThrownBy(() -> items.data("a"))
                    .isInstanceOf(ItemsException.class)
                    .hasMessageContaining("s3:GetObject");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <html>hello</html>",
        "application/xml, <ListBucketResult></ListBucketResult>",
        "application/xml, <ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        "application/json, {}",
    })
    void answerThatIsNoListingIsNotAnEmptyBucket(String type, String body) throws Exception {
        try (var store = new FakeS3("a");
                var items = items(store.endpoint(), "s3://b", "**")) {
            store.answer(200, type, body);

            assertThatThrownBy(() -> items.list("", 10))
                    .isInstanceOf(ItemsException.class)
                    .hasMessageContaining("check the endpoint");
        }
    }

    @Test
    void tokenThatTheStoreDoesNotKnowIsTheAskersFault() throws Exception {
        try (var store = new FakeS3("a");
                var items = items(store.endpoint(), "s3://b", "**")) {
            store.refuse(400, "InvalidArgument");

            assertThatThrownBy(() -> items.list("made up", 10)).hasMessageContaining("never given by this source");
        }
    }

    @Test
    void storeThatIsAwayIsTold() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (var items = items("http://127.0.0.1:" + free, "s3://b", "**")) {
            assertThatThrownBy(() -> items.list("", 10)).hasMessageContaining("refused the connection: start it");
        }
        try (var items = items("http://no-such-host.invalid", "s3://b", "**")) {
            assertThatThrownBy(() -> items.list("", 10)).hasMessageContaining("Nobody knows the host");
        }
    }
}
