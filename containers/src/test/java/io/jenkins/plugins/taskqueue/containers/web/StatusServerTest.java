package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.taskqueue.containers.http.Raw;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusServerTest {
    private final ServedQueue served = new ServedQueue(queue());
    private final HttpClient client = HttpClient.newHttpClient();

    StatusServerTest() throws IOException {}

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void thePageAndEveryFileThatItNamesAreServed() throws Exception {
        String page = get("").body();

        assertThat(page).contains("class=\"task-queue\"");
        var names = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page);
        assertThat(names.results().map(name -> name.group(1)))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(get(name).statusCode()).isEqualTo(200));
    }

    @Test
    void thePageHoldsNoScriptOrStyleOfItsOwn() throws Exception {
        assertThat(get("").body()).doesNotContainPattern("(?i)<style|style=|\\son\\w+=|<script>|javascript:|https?:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "table.js", "table.css", "api/status", "api/log?item=a", "metrics", "healthz", "nothing"})
    void everyAnswerIsProtected(String path) throws Exception {
        var headers = get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void theStatusIsAnsweredPageByPage() throws Exception {
        var answer = get("api/status?q=clip&limit=3");
        var json = new ObjectMapper().readTree(answer.body());

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(json.get("items")).hasSize(3);
        assertThat(json.get("matched").asInt()).isEqualTo(50);
    }

    @Test
    void nothingIsSentWhereNothingChanged() throws Exception {
        String tag = get("api/status?since=0").headers().firstValue("ETag").orElseThrow();

        assertThat(get("api/status?since=40", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        served.change(queue -> queue.list("new"));
        assertThat(get("api/status?since=40", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void filesOfThePageAreNotSentTwice() throws Exception {
        String tag = get("table.js").headers().firstValue("ETag").orElseThrow();

        assertThat(get("table.js", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void badInputGetsTheSentence() throws Exception {
        var answer = get("api/status?limit=many");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("The parameter \"limit\" is \"many\" but must be a whole number from 1 to" + " 1000.\n");
    }

    @Test
    void aLogIsPlainTextWhateverItHolds() throws Exception {
        served.logs.put("a b/<i>?", "<script>alert(1)</script>\nüñ🎬");
        var answer = get("api/log?item=a%20b%2F%3Ci%3E%3F");

        assertThat(answer.body()).isEqualTo("<script>alert(1)</script>\nüñ🎬");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    }

    @Test
    void aLogThatIsNotThereAndAQuestionWithoutAnItemAreTold() throws Exception {
        assertThat(get("api/log?item=none").statusCode()).isEqualTo(404);
        assertThat(get("api/log?item=none").body()).isEqualTo("The queue has no item of this name.\n");
        assertThat(get("api/log?item=clip-7").statusCode()).isEqualTo(204);
        assertThat(get("api/log").statusCode()).isEqualTo(400);
        assertThat(get("api/log").body()).startsWith("Say whose log");
    }

    @Test
    void probesTellHealth() throws Exception {
        assertThat(get("healthz").body()).isEqualTo("ok\n");
        served.health = new Health(true, false, "The source has not been seen yet.");
        assertThat(get("healthz").statusCode()).isEqualTo(200);
        assertThat(get("readyz").statusCode()).isEqualTo(503);
        assertThat(get("readyz").body()).isEqualTo("The source has not been seen yet.\n");
        served.health = new Health(false, false, "The loop has not gone round for 5 min.");
        assertThat(get("healthz").statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void nothingCanBeChanged(String method) throws Exception {
        var request = HttpRequest.newBuilder(served.uri().resolve("api/status"))
                .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void headAnswersWithoutABody() throws Exception {
        var request = HttpRequest.newBuilder(served.uri().resolve("api/status"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length").orElseThrow())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200", "LOCALHOST:8080, 200", "127.0.0.1:99, 200", "[::1]:8080, 200",
        "evil.example, 421", "localhost.evil.example:80, 421", "127.0.0.1.evil.example, 421", "10.0.0.1, 421"
    })
    void onThisMachineOnlyThisMachinesNamesAreAnswered(String host, int code) throws Exception {
        assertThat(rawStatusLine(host)).contains(" " + code + " ");
    }

    @Test
    void largeAnswersAreCompressedForThoseWhoCanReadThem() throws Exception {
        var request = HttpRequest.newBuilder(served.uri().resolve("api/status"))
                .header("Accept-Encoding", "br, gzip")
                .build();
        var answer = client.send(request, BodyHandlers.ofByteArray());
        var plain = get("api/status").body();

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(answer.body().length).isLessThan(plain.length() / 4);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                .isEqualTo(plain.getBytes(StandardCharsets.UTF_8));
        assertThat(get("api/status", "Accept-Encoding", "gzip;q=0").body()).startsWith("{");
    }

    @Test
    void anErrorInsideIsAnsweredWithoutItsDetails() throws Exception {
        Logger.getLogger(StatusServer.class.getName()).setLevel(Level.OFF);
        served.failure = new IllegalStateException("secret place");
        var answer = get("api/status");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret").startsWith("This could not be answered now.");
    }

    @Test
    void requestsThatNeverArriveHoldNobodyUp() throws Exception {
        try (Raw raw = new Raw(
                new InetSocketAddress(served.uri().getHost(), served.uri().getPort()))) {
            raw.send(100, "GET /api/status HTTP/1.1\r\n");

            assertThat(raw.get("/healthz")).startsWith("HTTP/1.1 200");
            assertThat(raw.get("/api/status")).startsWith("HTTP/1.1 200");
            assertThat(raw.get("/api/status", "Origin: http://evil.example")).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void anAddressInUseIsTold() {
        var address = new InetSocketAddress("127.0.0.1", served.uri().getPort());

        assertThatThrownBy(() -> new StatusServer(new PageAddress(address, List.of()), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be served at 127.0.0.1:" + address.getPort())
                .hasMessageContaining("--port");
    }

    @Test
    void anAddressThatNobodyKnowsIsTold() {
        var address = InetSocketAddress.createUnresolved("no.such.host.invalid", 0);

        assertThatThrownBy(() -> new StatusServer(new PageAddress(address, List.of()), null))
                .hasMessageContaining("no.such.host.invalid");
    }

    private String rawStatusLine(String host) throws IOException {
        URI uri = served.uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String request = "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(served.uri().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static MadeUpQueue queue() {
        MadeUpQueue queue = new MadeUpQueue(new Random(1), 4);
        for (int i = 0; i < 50; i++) {
            queue.list("clip-" + i);
        }
        queue.change(0, row -> MadeUpQueue.row(row, ItemState.FAILED, "ExitCode", "m", 4, null, null, ""));
        return queue;
    }
}
