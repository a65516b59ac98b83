package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.NoRouteToHostException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An HTTP client whose every request goes to one Service or pod, through the API server's proxy: nothing has to be
 * exposed for it. Of a request's URL only path and query count. Carries GET, and POST with a body that is in memory,
 * which is what a source needs. The API server decodes {@code %2F} in a path, and sends redirects on: the client of the cluster must not
 * follow them.
 */
public final class ApiServerProxy extends HttpClient {
    private final KubernetesClient client;
    private final String target;
    private final Supplier<String> token;

    private ApiServerProxy(
            KubernetesClient client, String namespace, String kind, String name, Supplier<String> token) {
        this.token = token;
        this.client = Transport.impatient(client);
        this.target = client.getMasterUrl() + "api/v1/namespaces/"
                + DnsLabel.segment(DnsLabel.require("namespace", namespace)) + "/" + kind + "/"
                + DnsLabel.segment(name) + "/proxy";
    }

    /**
     * Needs the right to {@code get services/proxy}, and to {@code create} it for a POST.
     *
     * @param scheme http or https, as the Service's pods speak it; their certificate is not checked
     * @param port the Service's port, by name or number
     */
    public static ApiServerProxy service(
            KubernetesClient client, String namespace, String scheme, String name, String port) {
        return new ApiServerProxy(
                client,
                namespace,
                "services",
                scheme + ":" + DnsLabel.require("Service", name) + ":" + DnsLabel.require("port", port),
                () -> "");
    }

    /**
     * Needs the right to {@code get pods/proxy}, and to {@code create} it for a POST.
     *
     * @param token what to send to the pod beside the API server's own token; empty for none
     */
    static ApiServerProxy pod(
            KubernetesClient client, String namespace, String name, int port, Supplier<String> token) {
        return new ApiServerProxy(client, namespace, "pods", name + ":" + port, token);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = sendAsync(request, handler);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        var relayed = client.getHttpClient().newHttpRequestBuilder().uri(uri(request.uri()));
        request.headers().map().forEach((name, values) -> values.forEach(value -> relayed.header(name, value)));
        if (!token.get().isEmpty()) {
            relayed.header(AmbassadorPod.TOKEN_HEADER, token.get());
        }
        if (request.method().equals("POST")) {
            relayed.post(request.headers().firstValue("Content-Type").orElse("application/json"), body(request));
        }
        request.timeout().ifPresent(most -> relayed.timeout(most.toMillis(), TimeUnit.MILLISECONDS));
        var relay = new ProxiedAnswer<>(request, handler);
        return client.getHttpClient()
                .consumeBytes(relayed.build(), relay::arrived)
                .thenCompose(relay::answer);
    }

    private static byte[] body(HttpRequest request) {
        HttpResponse.BodySubscriber<byte[]> all = HttpResponse.BodySubscribers.ofByteArray();
        request.bodyPublisher()
                .ifPresent(body -> body.subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        all.onSubscribe(subscription);
                    }

                    @Override
                    public void onNext(ByteBuffer part) {
                        all.onNext(List.of(part));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        all.onError(failure);
                    }

                    @Override
                    public void onComplete() {
                        all.onComplete();
                    }
                }));
        return request.bodyPublisher().isEmpty()
                ? new byte[0]
                : all.getBody().toCompletableFuture().join();
    }

    private String uri(URI uri) {
        return target + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static IOException failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof NoRouteToHostException refused) {
            return refused;
        }
        if (cause instanceof TimeoutException || cause instanceof InterruptedIOException) {
            return new HttpTimeoutException("the API server's proxy did not answer in time");
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        IOException failure = new NoRouteToHostException("the API server can't be reached (" + message + ").");
        failure.initCause(cause);
        return failure;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushes) {
        return sendAsync(request, handler);
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        throw new UnsupportedOperationException("the client of the cluster has it");
    }

    @Override
    public SSLParameters sslParameters() {
        throw new UnsupportedOperationException("the client of the cluster has them");
    }
}
