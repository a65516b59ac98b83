package io.jenkins.plugins.taskqueue.containers.ambassador;

import io.jenkins.plugins.taskqueue.containers.http.Answer;
import io.jenkins.plugins.taskqueue.containers.http.Guard;
import io.jenkins.plugins.taskqueue.containers.http.Request;
import io.jenkins.plugins.taskqueue.engine.ambassador.PercentEncoding;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The source API, v1: which request gets which answer. */
final class Routes {
    /** The most names in one answer; about 10 MB. A listing without a limit goes on in pages after so many. */
    static final int MOST_NAMES = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final Items items;
    private final String prefix;
    private final Metrics metrics;

    /** @param prefix what comes before /items, such as /api/v1; may be empty */
    Routes(Items items, String prefix, Metrics metrics) {
        this.items = items;
        this.prefix = prefix;
        this.metrics = metrics;
    }

    /** A short word for the kind of request, for metrics: a name in it would make a series of each item. */
    String route(String path) {
        return switch (path) {
            case "/healthz", "/metrics" -> path.substring(1);
            default ->
                path.equals(prefix + "/items") ? "items" : path.startsWith(prefix + "/items/") ? "item" : "other";
        };
    }

    Answer answer(Request request) throws InterruptedException {
        var path = request.path();
        var route = route(path);
        var told = path.substring(path.lastIndexOf('/') + 1);
        var tells = items.acknowledges()
                && request.method().equals("POST")
                && route.equals("item")
                && (told.equals("done") || told.equals("failed"));
        if (!tells && !request.reads()) {
            return Answers.error(
                    405, "This source can be asked by GET and HEAD only, not by " + request.method() + ".");
        }
        if (tells && !Guard.isJson(request)) {
            return Answers.error(415, "Tell it with the header Content-Type: application/json.");
        }
        try {
            if (tells) {
                return told(told, path.substring((prefix + "/items/").length()), request.body());
            }
            return switch (route) {
                case "healthz" -> Answer.text(200, "ok");
                case "metrics" -> metrics.answer();
                case "items" -> list(request.query());
                case "item" -> item(path.substring((prefix + "/items/").length()));
                default ->
                    Answers.error(
                            404,
                            "There is nothing here: the items are at " + prefix
                                    + "/items, an item at its name below it.");
            };
        } catch (ItemsException e) {
            // To be told again what is known already is no trouble.
            LOG.atLevel(tells && e.status() == 404 ? Level.DEBUG : Level.WARN)
                    .log("{} {} got {}: {}", request.method(), path, e.status(), e.getMessage());
            return Answers.error(e.status(), e.getMessage());
        } catch (IllegalArgumentException e) {
            return Answers.error(400, e.getMessage());
        }
    }

    private Answer list(String rawQuery) throws ItemsException, InterruptedException {
        var query = query(rawQuery);
        var limit = limit(query.getOrDefault("limit", ""));
        var page = items.list(query.getOrDefault("continue", ""), limit);
        metrics.listed(page.names().size());
        return Answers.list(page, items.acknowledges());
    }

    private Answer told(String how, String path, byte[] body) throws ItemsException, InterruptedException {
        var name = PercentEncoding.decode(path.substring(0, Math.max(0, path.length() - how.length() - 1)));
        if (how.equals("done")) {
            items.done(name);
        } else {
            items.failed(name, Told.reason(body));
        }
        return Answer.empty();
    }

    /** @param segment one segment where it was asked for directly; the API server's proxy makes a slash of each %2F */
    private Answer item(String segment) throws ItemsException, InterruptedException {
        var name = PercentEncoding.decode(segment);
        return items.data(name)
                .map(Answers::item)
                .orElseGet(() -> Answers.error(404, "There is no item of this name in " + items.describe() + "."));
    }

    private static int limit(String value) throws ItemsException {
        if (value.isEmpty()) {
            return MOST_NAMES;
        }
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) == 0) {
            throw ItemsException.badRequest("The limit must be a number from 1 on; there are never more than "
                    + MOST_NAMES + " names in an answer.");
        }
        return Math.min(MOST_NAMES, Integer.parseInt(value));
    }

    private static Map<String, String> query(String rawQuery) {
        Map<String, String> values = new HashMap<>();
        for (var pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            var parts = pair.split("=", 2);
            values.put(parts[0], parts.length == 1 ? "" : PercentEncoding.decode(parts[1]));
        }
        return values;
    }
}
