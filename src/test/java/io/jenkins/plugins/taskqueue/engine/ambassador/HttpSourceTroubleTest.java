package io.jenkins.plugins.taskqueue.engine.ambassador;

import static io.jenkins.plugins.taskqueue.engine.ambassador.TestServer.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that are slow, or whose answers break off, or that do not speak HTTP. */
class HttpSourceTroubleTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    /** On a busy machine, too. */
    private static final Duration ENOUGH_TO_CONNECT = Duration.ofSeconds(1);

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    /** Accepts connections, writes the same bytes to each whatever was asked, and then closes or holds it. */
    private static ServerSocket rawServer(String bytes, boolean hold) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    serve(server.accept(), bytes, hold);
                } catch (IOException e) {
                    // The client went away, or the test is over.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void serve(Socket socket, String bytes, boolean hold) throws IOException {
        socket.getInputStream().read(new byte[4096]);
        OutputStream out = socket.getOutputStream();
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        if (!hold) {
            socket.close();
        }
    }

    private static HttpSourceSettings settings(ServerSocket server) {
        return HttpSourceSettings.of("http://127.0.0.1:" + server.getLocalPort());
    }

    @ParameterizedTest
    @CsvSource({
        "'', broke the connection",
        "'SSH-2.0-OpenSSH_9.2\r\n', broke the connection",
        "'HTTP/1.1 abc\r\n\r\n', broke the connection",
        "'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"kind\":', broke the connection",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', broke the connection",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"ki', broke the connection",
        "'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"kind\":', no valid JSON"
    })
    void nonsenseAndHalfAnswersAreRefused(String bytes, String fact) throws IOException {
        try (var server = rawServer(bytes, false)) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> HttpSource.over(settings(server)).list(Listing.NONE))
                    .withMessageContaining("/items ")
                    .withMessageContaining(fact)
                    .matches(e -> !e.isPermanent(), "passing");
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "'HTTP/1.1 200 OK\r\n'", "'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"kind\":'"})
    void serverThatStallsIsGivenUp(String bytes) throws IOException {
        try (var server = rawServer(bytes, true)) {
            var source = HttpSource.over(settings(server).withTimeout(ENOUGH_TO_CONNECT));

            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> source.list(Listing.NONE))
                    .withMessageContaining("did not answer completely within 1.0 s");
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> source.data("a"))
                    .withMessageContaining("did not answer completely within 1.0 s");
        }
    }

    @Test
    void serverThatDripsForEverIsGivenUp() {
        try (var server = new TestServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                await(Duration.ofMillis(5));
            }
        })) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> HttpSource.over(server.settings().withTimeout(SHORT))
                            .list(Listing.NONE))
                    .withMessageContaining("did not answer completely");
        }
    }

    @Test
    void endlessListingIsCutWhileItArrives() {
        try (var server = new TestServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"x\":\"".getBytes(StandardCharsets.UTF_8));
            while (true) {
                exchange.getResponseBody().write(new byte[] {'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x'});
            }
        })) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> HttpSource.over(server.settings().withListBytes(1_000_000))
                            .list(Listing.NONE))
                    .withMessageContaining("more than 1000000 bytes");
        }
    }

    @Test
    void nobodyThereIsToldAsSuch() throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.close();

        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> HttpSource.over(settings(server)).list(Listing.NONE))
                .withMessageContaining("refused the connection")
                .matches(e -> !e.isPermanent(), "passing");
    }

    @Test
    void unknownHostIsToldAsSuch() {
        var source = HttpSource.over(HttpSourceSettings.of("http://no-such-host.invalid"));

        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> source.list(Listing.NONE))
                .withMessageContaining("a host name that nobody knows");
    }

    @Test
    void interruptionEndsTheWaitForABody() throws Exception {
        var headersSent = new CountDownLatch(1);
        try (var server = new TestServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            headersSent.countDown();
            await(Duration.ofSeconds(30));
        })) {
            var call = new FutureTask<Object>(() -> {
                try {
                    return server.source().list(Listing.NONE);
                } catch (InterruptedException e) {
                    return "interrupted";
                }
            });
            var caller = new Thread(call);
            caller.start();
            headersSent.await();
            caller.interrupt();

            assertThat(call.get()).isEqualTo("interrupted");
        }
    }

    @Test
    void afterTroubleTheSameSourceWorks() throws Exception {
        var asked = new CountDownLatch(2);
        try (var server = new TestServer(exchange -> {
            asked.countDown();
            if (asked.getCount() == 1) {
                exchange.sendResponseHeaders(200, 500);
                exchange.getResponseBody().write('{');
                await(Duration.ofSeconds(30));
            }
            TestServer.send(exchange, 200, list("\"a\""));
        })) {
            var source = HttpSource.over(server.settings().withTimeout(Duration.ofSeconds(2)));
            assertThatExceptionOfType(SourceException.class).isThrownBy(() -> source.list(Listing.NONE));

            assertThat(source.list(Listing.NONE).names()).containsExactly("a");
        }
    }

    /** The server's own time, never the test's. */
    private static void await(Duration time) throws IOException {
        try {
            NEVER.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException("the test is over", e);
        }
    }
}
