package io.jenkins.plugins.taskqueue.containers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean it badly: none of them holds up another, or takes more than is its own. */
class WebServerTest {
    private static final int THREADS = 4;
    private static final int LARGE = 4 * 1024 * 1024;

    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger slow = new AtomicInteger();
    private final WebServer server;
    private final Raw raw;

    WebServerTest() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = new WebServer("tested", THREADS, any, this::answer);
        server.start();
        raw = new Raw(server.address());
    }

    @AfterEach
    void stop() throws IOException {
        go.countDown();
        raw.close();
        server.close(Duration.ZERO);
    }

    private Answer answer(Request request) throws InterruptedException {
        switch (request.path()) {
            case "/slow" -> {
                slow.incrementAndGet();
                go.await();
            }
            case "/large" -> {
                return Answer.of(200, "text/plain", new byte[LARGE]);
            }
            case "/fault" -> throw new StackOverflowError("secret");
            default -> {}
        }
        return Answer.text(
                200,
                request.method() + " " + request.path() + " " + request.query() + " "
                        + new String(request.body(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET /x HTTP/1.1\r\nHost: a\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1"
            })
    void requestsThatNeverArriveHoldNobodyUp(String begin) throws IOException {
        raw.send(2_000, begin);

        assertThat(raw.get("/healthz")).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(raw.get("/x?y=1")).endsWith("GET /x y=1 \n");
    }

    @Test
    void clientsThatDoNothingMakeRoomForOthers() throws IOException {
        Socket first = raw.send("GET /x HTTP/1.1\r\n");
        // Whoever is answered came later, so the first has been seen.
        assertThat(raw.get("/x")).startsWith("HTTP/1.1 200");
        raw.send(2 * Clients.MAX_CONNECTIONS, "GET /x HTTP/1.1\r\n");

        assertThat(raw.get("/x")).startsWith("HTTP/1.1 200");
        assertThat(first.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aClientWhoseAnswerIsBeingMadeMakesNoRoom() throws IOException {
        Socket asked = raw.send("GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        await().until(() -> slow.get() == 1);
        raw.send(2 * Clients.MAX_CONNECTIONS, "");
        assertThat(raw.get("/x")).startsWith("HTTP/1.1 200");
        go.countDown();

        assertThat(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void probesAreAnsweredWhileEveryThreadIsBusy() throws IOException {
        raw.send(THREADS, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> slow.get() == THREADS);
        raw.send(400, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(raw.get("/healthz")).startsWith("HTTP/1.1 200");
        assertThat(raw.get("/readyz")).startsWith("HTTP/1.1 200");
        assertThat(raw.get("/x")).startsWith("HTTP/1.1 503").contains("too many requests at once", "Retry-After: 5");
    }

    @Test
    void answersThatNobodyReadsTakeABoundedPlace() throws IOException {
        long before = used();
        raw.send(60, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(raw.get("/x")).startsWith("HTTP/1.1 200");
        await().untilAsserted(() -> assertThat(used() - before).isLessThan(64L * 1024 * 1024));

        assertThat(raw.get("/large")).hasSizeGreaterThan(LARGE);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GET x HTTP/1.1~Host: a; 400",
                "GET /x HTTP/1.1; 400",
                "GET /x HTTP/1.1~Host: a~Host: b; 400",
                "GET /x HTTP/1.1~Host: a~no header; 400",
                "GET /x HTTP/1.1~Host: a~ folded: b; 400",
                "GET /x HTTP/1.1~Host : a; 400",
                "GET /x HTTP/1.1~Host: a^B: c; 400",
                "POST /x HTTP/1.1~Host: a~Content-Length: 1~Content-Length: 2; 400",
                "POST /x HTTP/1.1~Host: a~Content-Length: -1; 400",
                "POST /x HTTP/1.1~Host: a~Content-Length: 99999999999999999999; 400",
                "POST /x HTTP/1.1~Host: a~Content-Length: 65537; 413",
                "POST /x HTTP/1.1~Host: a~Content-Length: 1~Transfer-Encoding: chunked; 400"
            })
    void whatTwoReadersCouldReadInTwoWaysIsRefused(String head, int status) throws IOException {
        assertThat(raw.answer(head.replace("~", "\r\n").replace("^", "\n") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("Connection: close");
        assertThat(raw.get("/x")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aHeadWithoutAnEndIsRefused() throws IOException {
        assertThat(raw.answer("GET /" + "x".repeat(70_000))).startsWith("HTTP/1.1 414 ");
        assertThat(raw.answer("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(10_000))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void requestsThatComeTogetherAreAnsweredOneAfterTheOther() throws IOException {
        String one = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
        String two = "GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

        String answers = raw.answer("\r\n" + one + one + two);

        assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(4);
        assertThat(answers.indexOf("POST /a null hi")).isPositive().isLessThan(answers.indexOf("GET /b"));
    }

    @Test
    void aFaultIsAnsweredWithoutItsDetails() throws IOException {
        assertThat(raw.get("/fault")).startsWith("HTTP/1.1 500").doesNotContain("secret");
    }

    @Test
    void aStopLetsWhatIsAnsweredEnd() throws Exception {
        Socket asked = raw.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> slow.get() == 1);
        Thread stop = new Thread(() -> server.close(Duration.ofSeconds(20)));
        stop.start();
        go.countDown();

        assertThat(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 200");
        stop.join();
    }

    @Test
    void aTagThatTheReaderHasIsNotSentAgain() {
        Answer answer = Answer.text(200, "a").with("ETag", "\"1\"");
        for (String known : new String[] {"\"1\"", "W/\"1\"", "\"0\", \"1\"", "*"}) {
            Request request = new Request("GET", "/", null, Map.of("if-none-match", known), new byte[0]);
            assertThat(answer.unlessKnown(request).status()).as(known).isEqualTo(304);
        }
    }
}
