package io.jenkins.plugins.taskqueue.containers.web;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.StatusJson;
import io.jenkins.plugins.taskqueue.engine.status.StatusPage;
import io.jenkins.plugins.taskqueue.engine.status.StatusQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which answer belongs to which path. */
final class Routes {
    private final Feed feed;
    private final PageFiles files = new PageFiles();

    Routes(Feed feed) {
        this.feed = feed;
    }

    Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getRawQuery();
        Answer answer =
                switch (path) {
                    case "/api/status" -> status(exchange, query);
                    case "/api/log" -> log(query);
                    case "/metrics" ->
                        feed.metrics().scrape(exchange.getRequestHeaders().getFirst("Accept"));
                    case "/healthz" -> health(feed.health().get().alive());
                    case "/readyz" -> health(feed.health().get().ready());
                    default ->
                        files.file(path)
                                .orElseGet(() -> Answer.text(
                                        404, "There is no such page here. The table is at the server's root, /."));
                };
        return isKnown(exchange, answer.etag()) ? Answer.notModified(answer.etag()) : answer;
    }

    private Answer status(HttpExchange exchange, String rawQuery) throws IOException {
        StatusQuery query = StatusQuery.parse(rawQuery);
        Status status = feed.status().get();
        String etag = StatusPage.etag(status, query);
        if (isKnown(exchange, etag)) {
            return Answer.notModified(etag);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StatusJson.writePage(StatusPage.of(status, query, feed.clock().instant()), out);
        return Answer.of(Answer.JSON, out.toByteArray()).tagged(etag);
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
        return Answer.of(Answer.TEXT, log.get().getBytes(StandardCharsets.UTF_8))
                .tagged(etag);
    }

    private Answer health(boolean good) {
        String sentence = feed.health().get().sentence();
        return good ? Answer.text(200, "ok") : Answer.text(503, sentence.isEmpty() ? "not yet" : sentence);
    }

    private static boolean isKnown(HttpExchange exchange, String etag) {
        String known = exchange.getRequestHeaders().getFirst("If-None-Match");
        return etag != null && known != null && known.contains(etag.substring(etag.indexOf('"')));
    }
}
