package io.jenkins.plugins.taskqueue.engine.ambassador;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.util.Set;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLException;

/** Sends requests to one ambassador and makes a sentence of whatever goes wrong. */
record Requests(HttpClient client, HttpSourceSettings settings, Clock clock) {
    private static final int OK = 200;
    private static final int ERROR_BYTES = 16 * 1024;

    /** An answer with a status that was hoped for. */
    record Answer(int status, HttpHeaders headers, Body body) {}

    /** Reads an answer; its body is closed for it. */
    interface Reader<T> {
        T read(Answer answer) throws IOException;
    }

    /**
     * @param etag what to send as {@code If-None-Match}, empty for nothing
     * @param limit the most bytes of the body
     * @param also the statuses beside 200 that go to the reader
     * @throws Body.TooLarge left to the caller, who knows which limit it was
     */
    <T> T get(URI url, String etag, long limit, Set<Integer> also, Reader<T> reader)
            throws SourceException, InterruptedException, Body.TooLarge {
        HttpRequest.Builder request = request(url);
        if (!etag.isEmpty()) {
            request.header("If-None-Match", etag);
        }
        return send(request.build(), limit, status -> status == OK || also.contains(status), reader);
    }

    /**
     * Tells something; what is answered to it does not matter.
     *
     * @param also the statuses beside 2xx that are as good
     */
    void post(URI url, String json, Set<Integer> also) throws SourceException, InterruptedException {
        HttpRequest request = request(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            send(request, ERROR_BYTES, status -> status / 100 == 2 || also.contains(status), Answer::status);
        } catch (Body.TooLarge e) {
            throw new IllegalStateException("a body that nobody reads is too large", e);
        }
    }

    private <T> T send(HttpRequest request, long limit, IntPredicate isWanted, Reader<T> reader)
            throws SourceException, InterruptedException, Body.TooLarge {
        URI url = request.uri();
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        try {
            HttpResponse<InputStream> response = client.send(
                    request, info -> new Body(isWanted.test(info.statusCode()) ? limit : ERROR_BYTES, deadline));
            try (Body body = (Body) response.body()) {
                if (!isWanted.test(response.statusCode())) {
                    throw new Refusal(
                                    url,
                                    response.statusCode(),
                                    response.headers(),
                                    !settings.token().isEmpty(),
                                    settings.quoting())
                            .exception(body, clock);
                }
                return reader.read(new Answer(response.statusCode(), response.headers(), body));
            }
        } catch (Body.TooLarge e) {
            throw e;
        } catch (InterruptedIOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw failed(url, e);
        } catch (IOException e) {
            throw failed(url, e);
        }
    }

    private HttpRequest.Builder request(URI url) {
        // HTTP/1.1: the client would ask for HTTP/2 by an Upgrade header, which small servers take amiss.
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(settings.timeout())
                .header("Accept", "application/json")
                .header("User-Agent", "task-queue");
        if (!settings.token().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.token());
        }
        return request;
    }

    private SourceException failed(URI url, IOException e) {
        return SourceException.passing("The source " + shown(url) + " " + masked(fact(e), url), e);
    }

    /** Where a page is asked for: what the source gave to ask with is its secret. */
    static String shown(URI url) {
        return masked(url.toString(), url);
    }

    private static String masked(String sentence, URI url) {
        return url.getRawQuery() == null ? sentence : sentence.replace(url.getRawQuery(), "continue=…");
    }

    private String fact(IOException e) {
        boolean invalid = e instanceof InvalidAnswer || e instanceof JsonProcessingException;
        if (invalid && !settings.quoting()) {
            return "gave an answer that is none of the source API v1: check the URL and the ambassador.";
        } else if (e instanceof InvalidAnswer) {
            return "gave " + e.getMessage() + ": check the URL and the ambassador.";
        } else if (e instanceof StreamConstraintsException) {
            return "gave JSON with a text or a number that is too long, or with too many levels: check the URL and the"
                    + " ambassador.";
        } else if (e instanceof JsonProcessingException json) {
            return "gave no valid JSON (" + ItemNames.shown(json.getOriginalMessage(), 200) + " at byte "
                    + (json.getLocation() == null ? 0 : json.getLocation().getByteOffset())
                    + "): check the URL and the ambassador.";
        } else if (e instanceof HttpConnectTimeoutException) {
            return "did not accept a connection in time: check its address and the network.";
        } else if (e instanceof HttpTimeoutException) {
            return "did not answer completely within " + settings.timeout().toMillis() / 1000.0
                    + " s: see what keeps it, or raise the source's time-out.";
        } else if (e instanceof SSLException) {
            return "can't be trusted (" + e.getMessage() + "): check its certificate.";
        } else if (e instanceof NoRouteToHostException) {
            return "can't be reached: " + e.getMessage();
        } else if (e instanceof ConnectException) {
            return e.getCause() instanceof ConnectException inner
                                    && inner.getCause() instanceof UnresolvedAddressException
                            || e.getCause() instanceof UnresolvedAddressException
                    ? "has a host name that nobody knows: check the URL."
                    : "refused the connection: start the ambassador, or check the URL's port.";
        }
        return "broke the connection (" + e.getMessage() + "): see the ambassador's log.";
    }
}
