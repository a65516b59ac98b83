package io.jenkins.plugins.taskqueue.containers.check;

import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import io.jenkins.plugins.taskqueue.engine.ambassador.PercentEncoding;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Asks an ambassador as a queue does, and takes any answer. */
record Probe(HttpClient client, HttpSourceSettings settings) {

    static Probe of(HttpSourceSettings settings) {
        return new Probe(
                HttpClient.newBuilder()
                        .connectTimeout(HttpSource.CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build(),
                settings);
    }

    /** The same ambassador, asked by somebody without a token. */
    Probe withoutToken() {
        return new Probe(client, settings.withToken(""));
    }

    URI list() {
        return settings.base().resolve("items");
    }

    /** @param query such as {@code limit=1} */
    URI list(String query) {
        return URI.create(list() + "?" + query);
    }

    URI item(String name) {
        return URI.create(settings.base() + "items/" + PercentEncoding.encode(name));
    }

    /** @param headers names and values by turns */
    Reply get(URI url, String... headers) throws InterruptedException {
        return wait(url, send(url, headers));
    }

    /** The same request so many times at once, each over a connection of its own. */
    List<Reply> getAtOnce(URI url, int times) throws InterruptedException {
        var sent = IntStream.range(0, times).mapToObj(i -> send(url)).toList();
        var replies = new Reply[times];
        for (int i = 0; i < times; i++) {
            replies[i] = wait(url, sent.get(i));
        }
        return List.of(replies);
    }

    private CompletableFuture<Reply> send(URI url, String... headers) {
        var request = HttpRequest.newBuilder(url)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(settings.timeout())
                .header("Accept", "application/json")
                .header("User-Agent", "task-queue");
        if (!settings.token().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.token());
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofByteArray())
                .thenApply(response -> new Reply(url, response.statusCode(), response.headers(), response.body(), ""));
    }

    /** The client's own time-out ends at the answer's headers; here it also ends an answer that stalls. */
    private Reply wait(URI url, CompletableFuture<Reply> reply) throws InterruptedException {
        try {
            return reply.get(settings.timeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reply.cancel(true);
            return Reply.none(url, late());
        } catch (ExecutionException e) {
            return Reply.none(url, fact(e.getCause()));
        }
    }

    private String fact(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return late();
        }
        return cause instanceof ConnectException
                ? "refused the connection, or has a host that nobody knows (start it, or correct the URL)"
                : "broke the connection (" + cause.getMessage() + ")";
    }

    private String late() {
        return "did not answer completely within " + settings.timeout().toSeconds() + " s";
    }
}
