package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.containers.http.Answer;
import io.jenkins.plugins.taskqueue.containers.http.Request;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.StatusJson;
import io.jenkins.plugins.taskqueue.engine.status.StatusPage;
import io.jenkins.plugins.taskqueue.engine.status.StatusQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Which answer belongs to which path. */
final class Routes {
    static final String JSON = "application/json; charset=utf-8";

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Feed feed;
    private final PageFiles files = new PageFiles();

    Routes(Feed feed) {
        this.feed = feed;
    }

    Answer answer(Request request) throws IOException {
        return switch (request.path()) {
            case "/api/status" -> status(request);
            case "/api/log" -> log(request.query());
            case "/metrics" -> feed.metrics().scrape(request.header("Accept"));
            case "/healthz" -> health(feed.health().get().alive());
            case "/readyz" -> health(feed.health().get().ready());
            default ->
                files.file(request.path())
                        .orElseGet(() ->
                                Answer.text(404, "There is no such page here. The table is at the server's root, /."));
        };
    }

    private Answer status(Request request) throws IOException {
        StatusQuery query = StatusQuery.parse(request.query());
        Status status = feed.status().get();
        String etag = StatusPage.etag(status, query);
        Answer known = new Answer(200, Map.of("ETag", etag), new byte[0]).unlessKnown(request);
        if (known.status() != 200) {
            return known;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StatusJson.writePage(StatusPage.of(status, query, feed.clock().instant()), out);
        return Answer.of(200, JSON, out.toByteArray()).with("ETag", etag);
    }

    private Answer log(String rawQuery) {
        String item = StatusQuery.parse(rawQuery).item();
        if (item == null) {
            throw new IllegalArgumentException("Say whose log: /api/log?item=NAME, the name percent-encoded.");
        }
        Optional<String> log = feed.log().apply(item);
        if (log.isEmpty()) {
            boolean known = feed.status().get().item(item).isPresent();
            return known ? Answer.empty() : Answer.text(404, "The queue has no item of this name.");
        }
        String etag = "\"" + QueueId.hash(log.get(), 16) + "\"";
        return Answer.of(200, TEXT, log.get().getBytes(StandardCharsets.UTF_8)).with("ETag", etag);
    }

    private Answer health(boolean good) {
        String sentence = feed.health().get().sentence();
        return good ? Answer.text(200, "ok") : Answer.text(503, sentence.isEmpty() ? "not yet" : sentence);
    }
}
