package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Requests to the API server, each with a deadline on all of it: no client gives up an answer that stalls. A client that
 * gave no answer in time is replaced by a fresh one, since its connections may be dead without its knowing. Thread-safe.
 */
final class Transport implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Transport.class.getName());
    /** Many times what one object may have, and what five hundred ordinary ones have. */
    static final int MOST_BYTES = 8 * 1024 * 1024;
    /** What was begun with a client that was replaced may come to its end. */
    private static final long LINGER = TimeUnit.SECONDS.toNanos(60);
    /** Many first requests at once would make a connection each, with threads; all that follow one share its connection. */
    private static final Duration ALONE = Duration.ofSeconds(1);
    /** How long a client's credentials are believed in though the server does not know them. */
    private static final long REFUSED = TimeUnit.SECONDS.toNanos(30);

    /**
     * @param silence how long nothing may come
     * @param whole how long all of it may take
     */
    record Patience(Duration silence, Duration whole) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    /** @param body null for none */
    record Request(String method, String path, String contentType, String body, Patience patience) {}

    private static final class Line {
        private final KubernetesClient client;
        private final HttpClient http;
        private final long since = System.nanoTime();
        private final AtomicBoolean begun = new AtomicBoolean();
        private final CountDownLatch shared = new CountDownLatch(1);
        private volatile boolean answered;
        private long replaced;

        Line(KubernetesClient client) {
            this.client = client;
            this.http = impatient(client).getHttpClient();
        }

        void awaitTurn(Duration alone) throws InterruptedException {
            if (!begun.compareAndSet(false, true) && !shared.await(alone.toNanos(), TimeUnit.NANOSECONDS)) {
                LOGGER.log(Level.FINE, "The first request is not answered yet: others go beside it");
            }
        }
    }

    /** The same client, that neither retries by itself nor waits for long: when to try again is the loop's decision. */
    static KubernetesClient impatient(KubernetesClient client) {
        return client.newClient(new RequestConfigBuilder(
                                client.getConfiguration().getRequestConfig())
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout((int) Patience.USUAL.silence().toMillis())
                        .build())
                .adapt(KubernetesClient.class);
    }

    private final Supplier<KubernetesClient> clients;
    private final Duration alone;
    private final Deque<Line> replaced = new ArrayDeque<>();
    private volatile Line current;

    Transport(Supplier<KubernetesClient> clients) {
        this(clients, ALONE);
    }

    /** @param alone how long a client's first request goes alone, if it is not answered */
    Transport(Supplier<KubernetesClient> clients, Duration alone) {
        this.clients = clients;
        this.alone = alone;
        current = new Line(clients.get());
    }

    KubernetesClient client() {
        return current.client;
    }

    /**
     * All of a good answer.
     *
     * @throws TooMuch when it is longer than anything that is asked for
     */
    byte[] send(Request request) throws InterruptedException {
        var bytes = new ByteArrayOutputStream();
        send(request, (part, offset, length) -> {
            if (bytes.size() + length > MOST_BYTES) {
                throw new TooMuch();
            }
            bytes.write(part, offset, length);
        });
        return bytes.toByteArray();
    }

    /** An answer that would fill the memory. */
    static final class TooMuch extends KubernetesClientException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("the answer has more than " + MOST_BYTES + " bytes");
        }
    }

    /**
     * Returns when the answer has ended.
     *
     * @param sink gets what a good answer has, on the client's threads, one piece after the other
     * @throws KubernetesClientException when the server refuses, does not answer in time or can't be reached
     */
    void send(Request request, Answer.Sink sink) throws InterruptedException {
        Line line = current;
        line.awaitTurn(alone);
        var answer = new Answer(request.patience(), sink);
        CompletableFuture<HttpResponse<AsyncBody>> head = null;
        AsyncBody body = null;
        try {
            head = line.http.consumeBytes(http(line, request), answer::take);
            HttpResponse<AsyncBody> response = answer.await(head);
            line.answered = true;
            line.shared.countDown();
            body = response.body();
            answer.begin(body, response.isSuccessful());
            answer.await(answer.end());
            if (!response.isSuccessful()) {
                throw refusal(line, response.code(), answer.refusal());
            }
        } catch (TimeoutException e) {
            LOGGER.log(Level.FINE, "{0} {1}: {2}", new Object[] {request.method(), request.path(), e.getMessage()});
            replace(line, line.answered);
            throw new KubernetesClientException(e.getMessage(), e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (IllegalStateException e) { // closed
            throw failure(e);
        } finally {
            line.shared.countDown();
            if (body != null) {
                body.cancel(); // of no effect where it has ended
            } else if (head != null) {
                head.cancel(true);
            }
        }
    }

    private static HttpRequest http(Line line, Request request) {
        String server = line.client.getMasterUrl().toString();
        HttpRequest.Builder builder = line.http
                .newHttpRequestBuilder()
                .uri((server.endsWith("/") ? server.substring(0, server.length() - 1) : server) + request.path())
                .timeout(request.patience().whole().toMillis(), TimeUnit.MILLISECONDS)
                .forStreaming();
        return request.method().equals("GET")
                ? builder.build()
                : builder.method(request.method(), request.contentType(), request.body())
                        .build();
    }

    private static KubernetesClientException failure(Throwable cause) {
        return cause instanceof KubernetesClientException known
                ? known
                : new KubernetesClientException(cause.getMessage(), cause);
    }

    private KubernetesClientException refusal(Line line, int code, byte[] said) {
        if (code == 401) {
            replace(line, System.nanoTime() - line.since > REFUSED);
        }
        Status status = null;
        try {
            status = LeanJson.status(said);
        } catch (IOException noStatus) {
            LOGGER.log(Level.FINEST, "Not from the API server", noStatus);
        }
        String message = status == null || status.getMessage() == null ? "HTTP " + code : status.getMessage();
        return new KubernetesClientException(message, code, status);
    }

    private synchronized void replace(Line line, boolean wanted) {
        if (!wanted || line != current) {
            return;
        }
        try {
            KubernetesClient fresh = clients.get();
            if (fresh == line.client) {
                return;
            }
            current = new Line(fresh);
            LOGGER.log(Level.FINE, "A fresh client");
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "The client that got no answer is kept, for no other could be made", e);
            return;
        }
        line.replaced = System.nanoTime();
        replaced.add(line);
        while (System.nanoTime() - replaced.element().replaced > LINGER) {
            replaced.remove().client.close();
        }
    }

    @Override
    public synchronized void close() {
        replaced.forEach(line -> line.client.close());
        replaced.clear();
        current.client.close();
    }
}
