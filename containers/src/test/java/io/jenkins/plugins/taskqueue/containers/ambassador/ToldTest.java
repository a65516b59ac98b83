package io.jenkins.plugins.taskqueue.containers.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that wants to be told, through the server and the plugin's client. */
class ToldTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final MapItems items =
            new MapItems(Map.of("a/é", "1", "b", "2", "stuck", "3", "done", "4")).acknowledging();

    private static HttpSource source(AmbassadorServer server) {
        return HttpSource.over(HttpSourceSettings.of(server.url()));
    }

    private static HttpResponse<String> send(String method, String url, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aListingSaysThatTheSourceWantsToBeTold() throws Exception {
        try (var server = AmbassadorServerTest.server(items, "/api/v1")) {
            assertThat(source(server).list(Listing.NONE).acknowledges()).isTrue();
        }
        try (var server = AmbassadorServerTest.server(new MapItems(Map.of("a", "1")), "")) {
            assertThat(source(server).list(Listing.NONE).acknowledges()).isFalse();
        }
    }

    @Test
    void whatBecameOfAnItemIsTold() throws Exception {
        try (var server = AmbassadorServerTest.server(items, "/api/v1")) {
            var source = source(server);
            source.done("a/é");
            source.failed("b", "ExitCode: \"1\"\n🎬");
            source.done("done");

            assertThat(items.told()).containsExactly("a/é done", "b failed: ExitCode: \"1\"\n🎬", "done done");
            assertThat(source.list(Listing.NONE).names()).containsExactly("stuck");
        }
    }

    @Test
    void anItemThatIsUnknownHasBeenToldBefore() throws Exception {
        try (var server = AmbassadorServerTest.server(items, "")) {
            source(server).done("b");
            source(server).done("b");
            source(server).failed("never there", "");

            assertThat(items.told()).containsExactly("b done");
        }
    }

    @Test
    void aStoreThatCanNotBeToldSaysWhy() throws Exception {
        try (var server = AmbassadorServerTest.server(items, "")) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> source(server).done("stuck"))
                    .withMessageContaining(server.url() + "/items/stuck/done answered 503 (\"The map is stuck.\")");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST; /items/b/failed; ''; 204; ''",
                "POST; /items/b/failed; {\"attempts\":3}; 204; ''",
                "POST; /items/b/failed; no JSON; 400; is a JSON object such as",
                "POST; /items/nobody/done; {}; 404; no item of this name",
                "POST; /items/b; {}; 405; by GET and HEAD only, not by POST",
                "POST; /items; {}; 405; by GET and HEAD only",
                "GET; /items/b/done; ''; 404; no item of this name",
                "POST; /items/done; {}; 404; no item of this name",
                "POST; /items/a/%C3%A9/done; {}; 204; ''",
                "POST; /items/b%C3/done; {}; 400; not percent-encoded UTF-8"
            })
    void answers(String method, String path, String body, int status, String part) throws Exception {
        try (var server = AmbassadorServerTest.server(items, "")) {
            var answer = send(method, server.url() + path, body);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains(part);
        }
    }

    @Test
    void tooMuchIsRefused() throws Exception {
        try (var server = AmbassadorServerTest.server(items, "")) {
            var body = "{\"reason\":\"" + "x".repeat(64 * 1024) + "\"}";

            assertThat(send("POST", server.url() + "/items/b/failed", body).statusCode())
                    .isEqualTo(413);
            assertThat(items.told()).isEmpty();
        }
    }

    /** What a page of another site can send without being asked first. */
    @Test
    void aFormOfAnotherSiteAcknowledgesNothing() throws Exception {
        try (var server = AmbassadorServerTest.server(items, "")) {
            var form = HttpRequest.newBuilder(URI.create(server.url() + "/items/b/done"))
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.noBody());

            assertThat(CLIENT.send(form.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(415);
            assertThat(items.told()).isEmpty();
        }
    }

    @Test
    void aStoreThatWantsNothingToBeToldRefusesIt() throws Exception {
        try (var server = AmbassadorServerTest.server(new MapItems(Map.of("b", "1")), "")) {
            assertThat(send("POST", server.url() + "/items/b/done", "{}").statusCode())
                    .isEqualTo(405);
            assertThat(send("GET", server.url() + "/items/b/done", "").statusCode())
                    .isEqualTo(404);
        }
    }
}
