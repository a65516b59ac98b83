package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Transport.Patience;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Transport.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransportTest {
    private static final Patience SHORT = new Patience(Duration.ofMillis(300), Duration.ofSeconds(30));

    private PlayedServer server;
    private Transport transport;

    @BeforeEach
    void serve() throws Exception {
        server = new PlayedServer((asked, out) -> {});
        transport = new Transport(server::client);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String get(Patience patience) throws InterruptedException {
        var request = new Request("GET", "/path", null, null, patience);
        return new String(transport.send(request), StandardCharsets.UTF_8);
    }

    @Test
    void allOfAnAnswerComes() throws Exception {
        server.play((asked, out) -> {
            out.begin(200);
            out.send("längere " + "x".repeat(100_000));
            out.send(" end");
        });

        assertThat(get(Patience.USUAL))
                .startsWith("längere xx")
                .endsWith("x end")
                .hasSize(100_012);
        assertThat(server.asked).containsExactly("/path");
    }

    @Test
    void anAnswerThatWouldFillTheMemoryIsGivenUp() {
        server.play((asked, out) -> {
            out.begin(200);
            while (true) {
                out.send("x".repeat(100_000));
            }
        });

        assertThatThrownBy(() -> get(Patience.USUAL)).hasMessageContaining("more than " + Transport.MOST_BYTES);
    }

    @Test
    void anAnswerThatStallsAfterItsHeadIsGivenUp() {
        server.play((asked, out) -> {
            out.begin(200);
            out.send("begun");
            server.over.await();
        });

        assertThatThrownBy(() -> get(SHORT)).hasMessageContaining("no answer in 0 s");
    }

    @Test
    void anAnswerThatTricklesIsGivenUpInTheEnd() {
        server.play((asked, out) -> {
            out.begin(200);
            while (true) {
                out.send("x");
                Thread.sleep(10);
            }
        });

        assertThatThrownBy(() -> get(new Patience(Duration.ofSeconds(30), Duration.ofMillis(400))))
                .hasMessageContaining("no end of the answer");
    }

    @Test
    void aClientThatGaveNoAnswerInTimeIsReplaced() throws Exception {
        server.play((asked, out) -> out.begin(200));
        get(SHORT);
        assertThat(server.clients()).isEqualTo(1);
        server.play((asked, out) -> server.over.await());
        assertThatThrownBy(() -> get(SHORT)).hasMessageContaining("no answer");
        assertThat(server.clients()).isEqualTo(2);

        // one that has never had an answer has no connection that may be dead
        assertThatThrownBy(() -> get(SHORT)).hasMessageContaining("no answer");
        assertThat(server.clients()).isEqualTo(2);

        server.play((asked, out) -> out.begin(200));
        assertThat(get(SHORT)).isEmpty();
    }

    @Test
    void aRefusalHasTheServersWords() {
        server.play((asked, out) -> {
            out.begin(403);
            out.send("{\"kind\":\"Status\",\"code\":403,\"message\":\"not you\"}");
        });

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> get(Patience.USUAL))
                .withMessage("not you")
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403))
                .satisfies(
                        refusal -> assertThat(refusal.getStatus().getMessage()).isEqualTo("not you"));
    }

    @Test
    void aRefusalWithoutAStatusHasItsNumber() {
        server.play((asked, out) -> {
            out.begin(502);
            out.send("<html>no");
        });

        assertThatThrownBy(() -> get(Patience.USUAL)).hasMessage("HTTP 502");
    }

    @Test
    void whateverATakerThrowsComesToTheCaller() {
        server.play((asked, out) -> {
            out.begin(200);
            out.send("x");
            server.over.await();
        });
        var worse = new StackOverflowError("a defect");

        assertThatThrownBy(() -> transport.send(
                        new Request("GET", "/path", null, null, Patience.USUAL), (bytes, offset, length) -> {
                            throw worse;
                        }))
                .hasCause(worse);
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        var begun = new CountDownLatch(1);
        server.play((asked, out) -> {
            out.begin(200);
            begun.countDown();
            server.over.await();
        });
        var ended = new CountDownLatch(1);
        var caller = new Thread(() -> {
            try {
                get(Patience.USUAL);
            } catch (InterruptedException e) {
                ended.countDown();
            }
        });
        caller.start();
        begun.await();
        caller.interrupt();

        ended.await();
    }

    @Test
    void manyThatAskAtOnceWaitForTheFirstAnswerToShareItsConnection() throws Exception {
        transport = new Transport(server::client, Duration.ofHours(1));
        var goOn = new CountDownLatch(1);
        server.play((asked, out) -> {
            goOn.await();
            out.begin(200);
        });
        List<Thread> threads = askAtOnce(5);
        await().until(() -> threads.stream().allMatch(one -> one.getState() == Thread.State.TIMED_WAITING));
        assertThat(server.asked).hasSize(1);

        goOn.countDown();
        await().until(() -> server.asked.size() == 5);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void butTheyDoNotWaitForLong() throws Exception {
        transport = new Transport(server::client, Duration.ofMillis(1));
        server.play((asked, out) -> server.over.await());
        List<Thread> threads = askAtOnce(5);

        await().until(() -> server.asked.size() == 5);
        threads.forEach(Thread::interrupt);
    }

    private List<Thread> askAtOnce(int requests) {
        List<Thread> threads = IntStream.range(0, requests)
                .mapToObj(i -> Fanout.daemon(
                        () -> {
                            try {
                                get(Patience.USUAL);
                            } catch (InterruptedException | KubernetesClientException over) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "asks"))
                .toList();
        threads.forEach(Thread::start);
        return threads;
    }
}
