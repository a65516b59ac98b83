package io.jenkins.plugins.taskqueue.engine.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import javax.net.ssl.SSLSession;

/**
 * Hands one answer that came through the API server's proxy to whoever asked, part by part. An error is read first: what
 * the API server itself says, that there is no such Service for instance, is no answer of the ambassador's.
 */
final class ProxiedAnswer<T> {
    private static final int ERROR_BYTES = 16 * 1024;
    private static final int MESSAGE = 500;
    private static final long PATIENCE_MILLIS = 10_000;
    /** Not the client's own reader, which takes for YAML what is no JSON: the ambassador may have said it. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpRequest request;
    private final HttpResponse.BodyHandler<T> handler;
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private volatile HttpResponse.BodySubscriber<T> subscriber;

    ProxiedAnswer(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        this.request = request;
        this.handler = handler;
    }

    void arrived(List<ByteBuffer> buffers, AsyncBody body) {
        if (subscriber != null) {
            subscriber.onNext(buffers);
            return;
        }
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), ERROR_BYTES - error.size())];
            buffer.get(bytes);
            error.writeBytes(bytes);
        }
        if (error.size() == ERROR_BYTES) {
            body.cancel();
        } else {
            body.consume();
        }
    }

    CompletableFuture<HttpResponse<T>> answer(io.fabric8.kubernetes.client.http.HttpResponse<AsyncBody> response) {
        Head head = new Head(response.code(), HttpHeaders.of(response.headers(), (name, value) -> true));
        AsyncBody body = response.body();
        if (wasRedirected(response)) {
            body.cancel();
            throw new CompletionException(new NoRouteToHostException("it redirects, and that is not followed."));
        }
        if (response.code() >= 400) {
            body.consume();
            return body.done()
                    .copy()
                    .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .handle((done, failure) -> refusal(head));
        }
        subscriber = handler.apply(head);
        subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long parts) {
                body.consume();
            }

            @Override
            public void cancel() {
                body.cancel();
            }
        });
        body.done().whenComplete((done, failure) -> {
            if (failure == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(failure);
            }
        });
        return CompletableFuture.completedFuture(result(head));
    }

    /** Some clients give the response itself as its own previous one. */
    private static boolean wasRedirected(io.fabric8.kubernetes.client.http.HttpResponse<?> response) {
        return response.code() / 100 != 3
                && response.previousResponse()
                        .filter(before -> before.code() / 100 == 3)
                        .isPresent();
    }

    private HttpResponse<T> refusal(Head head) {
        Optional<String> message = messageOfApiServer(error.toByteArray());
        if (message.isPresent()) {
            throw new CompletionException(new NoRouteToHostException(sentence(message.get())));
        }
        subscriber = handler.apply(head);
        subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long parts) {}

            @Override
            public void cancel() {}
        });
        subscriber.onNext(List.of(ByteBuffer.wrap(error.toByteArray())));
        subscriber.onComplete();
        return result(head);
    }

    private static Optional<String> messageOfApiServer(byte[] said) {
        try {
            JsonNode status = JSON.readTree(said);
            boolean isStatus = status.path("kind").asText().equals("Status")
                    && status.path("apiVersion").asText().equals("v1");
            return isStatus && status.path("message").isTextual()
                    ? Optional.of(status.path("message").asText())
                    : Optional.empty();
        } catch (IOException notOfTheApiServer) {
            return Optional.empty();
        }
    }

    private static String sentence(String message) {
        Matcher right = ApiErrors.MISSING_RIGHT.matcher(message);
        return right.find()
                ? "the API server refuses to " + right.group(2) + " " + right.group(3) + " for user " + right.group(1)
                        + ": give it that right, see containers/deploy/ambassador-role.yaml."
                : "the API server says: " + Text.head(message.replaceAll("\\p{Cntrl}", " "), MESSAGE) + "."
                        + advice(message);
    }

    private static String advice(String message) {
        return message.startsWith("no endpoints")
                ? " Check that the Service has this port, and that its pods are ready."
                : "";
    }

    private HttpResponse<T> result(Head head) {
        return new Result<>(
                request, head, subscriber.getBody().toCompletableFuture().join());
    }

    private record Head(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    private record Result<T>(HttpRequest request, Head head, T body) implements HttpResponse<T> {
        @Override
        public int statusCode() {
            return head.statusCode();
        }

        @Override
        public HttpHeaders headers() {
            return head.headers();
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public HttpClient.Version version() {
            return head.version();
        }
    }
}
