package io.jenkins.plugins.taskqueue.engine.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSourceRefusalTest {
    private static SourceException refusalOf(TestServer server, HttpSourceSettings settings) {
        var clock = Clock.fixed(Instant.parse("2026-11-24T05:00:00Z"), ZoneOffset.UTC);
        var source = new HttpSource(HttpClient.newHttpClient(), settings, clock);
        var refusal = catchThrowableOfType(SourceException.class, () -> source.list(Listing.NONE));
        assertThat(refusal).hasMessageContaining(server.url() + "/items answered ");
        return refusal;
    }

    @ParameterizedTest
    @CsvSource({
        "301, redirects are not followed",
        "304, does not understand this request",
        "400, does not understand this request",
        "403, forbidden without a token",
        "404, there is no ambassador",
        "500, a fault of its own",
        "502, a fault of its own"
    })
    void statusIsToldWithAdvice(int status, String advice) {
        try (var server = TestServer.ofStatus(status, "X", "y")) {
            assertThat(refusalOf(server, server.settings()))
                    .hasMessageContaining("answered " + status)
                    .hasMessageContaining(advice)
                    .matches(e -> !e.isPermanent());
        }
    }

    @Test
    void redirectIsNotFollowed() {
        try (var elsewhere = TestServer.of(TestServer.list(""));
                var server = TestServer.ofStatus(302, "Location", elsewhere.url() + "/items")) {
            assertThat(refusalOf(server, server.settings())).hasMessageContaining(elsewhere.url());
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void clientThatFollowsRedirectsIsRefused() {
        var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpSource(client, HttpSourceSettings.of("http://a"), Clock.systemUTC()));
    }

    @Test
    void tokenIsSentAsBearer() throws Exception {
        var header = new AtomicReference<String>();
        try (var server = new TestServer(exchange -> {
            header.set(exchange.getRequestHeaders().getFirst("Authorization"));
            TestServer.send(exchange, 200, TestServer.list(""));
        })) {
            HttpSource.over(server.settings().withToken("secret")).list(Listing.NONE);

            assertThat(header).hasValue("Bearer secret");
        }
    }

    @Test
    void refusedTokenIsNamedButNotShown() {
        try (var server = TestServer.ofStatus(401, "WWW-Authenticate", "Bearer")) {
            assertThat(refusalOf(server, server.settings())).hasMessageContaining("set up without one");
            assertThat(refusalOf(server, server.settings().withToken("secret")))
                    .hasMessageContaining("does not accept the token")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void tokenWithoutTheRightIsNamed() {
        try (var server = TestServer.ofStatus(403, "X", "y")) {
            assertThat(refusalOf(server, server.settings().withToken("secret")))
                    .hasMessageContaining("the token lacks the right");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, 7, 7",
        "503, 0, 0",
        "503, '', 0",
        "503, soon, 0",
        "503, -5, 0",
        "503, 999999999, 3600",
        "503, 99999999999999999999, 0",
        "503, 'Tue, 24 Nov 2026 05:00:30 GMT', 30",
        "503, 'Tue, 24 Nov 2026 04:00:00 GMT', 0",
        "500, 7, 0"
    })
    void retryAfterIsHonoured(int status, String value, long seconds) {
        try (var server = TestServer.ofStatus(status, "Retry-After", value)) {
            assertThat(refusalOf(server, server.settings()).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void sourcesOwnSentenceIsShown() {
        try (var server = new TestServer(exchange -> TestServer.send(
                exchange, 503, "{\"kind\":\"Error\",\"message\":\"The drive is\\nnot mounted.\",\"code\":[]}"))) {
            assertThat(refusalOf(server, server.settings()))
                    .hasMessageContaining("answered 503 (\"The drive is?not mounted.\")");
        }
    }

    @Test
    void errorPageIsNotShown() {
        try (var server = new TestServer(exchange -> TestServer.send(exchange, 500, "<html>".repeat(100_000)))) {
            assertThat(refusalOf(server, server.settings())).hasMessageNotContaining("<html>");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {413, 414, 422})
    void itemThatIsRefusedForGoodIsNotAskedForAgain(int status) {
        try (var server = TestServer.ofStatus(status, "X", "y")) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> server.source().data("a"))
                    .matches(SourceException::isPermanent, "permanent");
        }
    }
}
