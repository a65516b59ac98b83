package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * One watch of one kind of object, as the lines of one answer of the API server. It ends for good when the server, the
 * connection or {@link #close} ends it: whoever opened it knows how to go on.
 */
final class WatchStream<T extends HasMetadata> implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(WatchStream.class.getName());
    private static final long ANSWER_SECONDS = 10;

    private final Class<T> kind;
    private final BiConsumer<String, T> onEvent;
    private final Consumer<KubernetesClientException> onEnd;
    private final Lines lines = new Lines();
    private final AtomicBoolean over = new AtomicBoolean();
    private AsyncBody body;

    private WatchStream(Class<T> kind, BiConsumer<String, T> onEvent, Consumer<KubernetesClientException> onEnd) {
        this.kind = kind;
        this.onEvent = onEvent;
        this.onEnd = onEnd;
    }

    /**
     * Returns when the API server has begun to answer. What comes then is told on the client's threads, one thing after the
     * other.
     *
     * @param version events after it are told
     * @param seconds the server ends the watch after so many
     * @param onEvent gets {@code ADDED}, {@code MODIFIED}, {@code DELETED} or {@code BOOKMARK}, and the object
     * @param onEnd told once that nothing comes any more, with the cause; null where there is none to tell
     * @throws KubernetesClientException when the server refuses or can't be reached
     */
    static <T extends HasMetadata> WatchStream<T> open(
            KubernetesClient client,
            String namespace,
            Class<T> kind,
            Map<String, String> labels,
            String version,
            long seconds,
            BiConsumer<String, T> onEvent,
            Consumer<KubernetesClientException> onEnd) {
        WatchStream<T> stream = new WatchStream<>(kind, onEvent, onEnd);
        stream.open(client.getHttpClient(), url(client, namespace, kind, labels, version, seconds));
        return stream;
    }

    private static String url(
            KubernetesClient client,
            String namespace,
            Class<? extends HasMetadata> kind,
            Map<String, String> labels,
            String version,
            long seconds) {
        String api = HasMetadata.getApiVersion(kind);
        String selector = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        return client.getMasterUrl() + (api.contains("/") ? "apis/" : "api/") + api + "/namespaces/" + namespace + "/"
                + HasMetadata.getPlural(kind) + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds
                + "&resourceVersion=" + version + "&labelSelector="
                + URLEncoder.encode(selector, StandardCharsets.UTF_8);
    }

    private void open(HttpClient http, String url) {
        HttpRequest request =
                http.newHttpRequestBuilder().uri(url).forStreaming().build();
        CompletableFuture<HttpResponse<AsyncBody>> answer = http.consumeBytes(request, this::take);
        HttpResponse<AsyncBody> response;
        try {
            response = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(false);
            throw new KubernetesClientException(e.getMessage(), e);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new KubernetesClientException("no answer in " + ANSWER_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new KubernetesClientException(e.getCause().getMessage(), e.getCause());
        }
        body = response.body();
        if (!response.isSuccessful()) {
            throw refusal(response.code());
        }
        lines.toEvents = true;
        body.done().whenComplete((nothing, failure) -> end(cause(failure)));
        body.consume();
    }

    private KubernetesClientException refusal(int code) {
        Status status = null;
        try {
            body.consume();
            body.done().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            status = LeanJson.status(lines.rest());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IOException noStatus) {
            body.cancel();
        }
        String message = status == null || status.getMessage() == null ? "HTTP " + code : status.getMessage();
        return new KubernetesClientException(message, code, status);
    }

    private static KubernetesClientException cause(Throwable failure) {
        if (failure == null || failure instanceof KubernetesClientException) {
            return (KubernetesClientException) failure;
        }
        return new KubernetesClientException(failure.getMessage(), failure);
    }

    private void take(List<ByteBuffer> buffers, AsyncBody source) {
        for (ByteBuffer buffer : buffers) {
            lines.take(buffer);
        }
        source.consume();
    }

    /** Ends it, which is told. */
    @Override
    public void close() {
        end(null);
        body.cancel();
    }

    private void end(KubernetesClientException cause) {
        if (over.compareAndSet(false, true)) {
            onEnd.accept(cause);
        }
    }

    private void tell(byte[] line, int length) {
        if (over.get()) {
            return; // what was on its way when it was closed
        }
        try {
            LeanJson.Event<T> event = LeanJson.event(line, length, kind);
            Status error = event.error();
            if (error == null) {
                onEvent.accept(event.type(), event.object());
            } else {
                end(new KubernetesClientException(error.getMessage(), error.getCode(), error));
                body.cancel();
            }
        } catch (IOException | RuntimeException e) {
            // Asking for the same event again would bring it again.
            LOGGER.log(Level.WARNING, e, () -> "An event of a " + kind.getSimpleName() + " could not be read");
        }
    }

    /** Bytes gathered to lines, each of which is an event. */
    private final class Lines {
        private static final int FIRST = 16 * 1024;

        private volatile boolean toEvents;
        private byte[] line = new byte[FIRST];
        private int length;

        void take(ByteBuffer buffer) {
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n' && toEvents) {
                    tell(line, length);
                    length = 0;
                } else {
                    if (length == line.length) {
                        line = Arrays.copyOf(line, 2 * length);
                    }
                    line[length++] = next;
                }
            }
        }

        byte[] rest() {
            return Arrays.copyOf(line, length);
        }
    }
}
