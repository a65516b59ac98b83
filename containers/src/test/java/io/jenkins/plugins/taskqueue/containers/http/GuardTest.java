package io.jenkins.plugins.taskqueue.containers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
    private static final Guard LOOPBACK = new Guard(true, Set.of("proxied.example"), "");
    private static final Guard OPEN = new Guard(false, Set.of("Videos.example"), "");
    private static final Guard SECRET = new Guard(false, Set.of(), "s3cret");

    private static int refusal(Guard guard, String method, String path, String... headers) {
        Map<String, String> all = new HashMap<>(Map.of("host", "localhost:1"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return guard.refuse(new Request(method, path, null, all, new byte[0]))
                .map(Guard.Refusal::status)
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, 0, 0",
        "[::1]:8080, 0, 0",
        "LOCALHOST, 0, 0",
        "10.1.2.3:8080, 421, 0",
        "[fe80::1]:8080, 421, 0",
        "videos:8080, 421, 0",
        "videos.media.svc:80, 421, 0",
        "videos.media.svc.cluster.local, 421, 0",
        "videos.example:8080, 421, 0",
        "proxied.example, 0, 421",
        "rebound.example:8080, 421, 421",
        "localhost.rebound.example, 421, 421",
        "127.0.0.1.rebound.example, 421, 421",
        "10.1.2.3.rebound.example, 421, 421",
        "svc.rebound.example, 421, 421",
        "'', 421, 421"
    })
    void onlyNamesThatNoStrangerCanGiveAreAnswered(String host, int onLoopback, int everywhere) {
        assertThat(refusal(LOOPBACK, "GET", "/items", "host", host)).isEqualTo(onLoopback);
        assertThat(refusal(OPEN, "GET", "/items", "host", host)).isEqualTo(everywhere);
    }

    @Test
    void pagesOfOtherSitesAreRefused() {
        assertThat(refusal(OPEN, "GET", "/items", "origin", "http://evil.example"))
                .isEqualTo(403);
        assertThat(refusal(OPEN, "GET", "/items", "origin", "http://localhost:2"))
                .isEqualTo(403);
        assertThat(refusal(OPEN, "GET", "/items", "origin", "null")).isEqualTo(403);
        assertThat(refusal(OPEN, "GET", "/items", "origin", "http://localhost:1"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "Application/JSON; charset=utf-8, true",
        "text/plain, false",
        "application/x-www-form-urlencoded, false",
        "multipart/form-data, false",
        "application/jsonp, false"
    })
    void whatAFormCanSendIsNotJson(String type, boolean json) {
        Request request = new Request("POST", "/", null, Map.of("content-type", type), new byte[0]);

        assertThat(Guard.isJson(request)).isEqualTo(json);
        assertThat(Guard.isJson(new Request("POST", "/", null, Map.of(), new byte[0])))
                .isFalse();
    }

    @Test
    void withATokenOnlyWhoHasItIsAnswered() {
        assertThat(refusal(SECRET, "GET", "/items")).isEqualTo(401);
        assertThat(refusal(SECRET, "GET", "/items", "task-queue-token", "wrong"))
                .isEqualTo(401);
        assertThat(refusal(SECRET, "GET", "/items", "task-queue-token", "")).isEqualTo(401);
        assertThat(refusal(SECRET, "GET", "/items", "authorization", "Bearer s3cre"))
                .isEqualTo(401);
        assertThat(refusal(SECRET, "GET", "/items", "task-queue-token", "s3cret"))
                .isZero();
        assertThat(refusal(SECRET, "GET", "/items", "authorization", "Bearer s3cret"))
                .isZero();
        assertThat(refusal(SECRET, "GET", "/healthz")).isZero();
        assertThat(refusal(SECRET, "GET", "/metrics")).isZero();
    }

    @Test
    void aTokenProvesWhatANameWouldHaveTo() {
        assertThat(refusal(SECRET, "GET", "/items", "host", "api.example", "task-queue-token", "s3cret"))
                .isZero();
        assertThat(refusal(SECRET, "GET", "/healthz", "host", "api.example")).isEqualTo(421);
    }
}
