package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.containers.http.Answer;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of the page. The table's script and style are the ones that the Jenkins page uses. */
final class PageFiles {
    private static final String TABLE = "/io/jenkins/plugins/taskqueue/TaskQueueTab/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private final Map<String, Answer> files = new HashMap<>();

    PageFiles() {
        add("/", "index.html", "text/html; charset=utf-8");
        add("/icon.svg", "icon.svg", "image/svg+xml");
        add("/page.css", "page.css", STYLE);
        for (String style : List.of("table", "controls", "rows", "details")) {
            add("/" + style + ".css", TABLE + style + ".css", STYLE);
        }
        for (String script : List.of("dom", "text", "view", "head", "toolbar", "rows", "details", "table")) {
            add("/" + script + ".js", TABLE + script + ".js", SCRIPT);
        }
    }

    Optional<Answer> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private void add(String path, String resource, String type) {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The file " + resource + " is missing in this build of the manager.");
            }
            byte[] body = in.readAllBytes();
            String etag = "\"" + QueueId.hash(new String(body, StandardCharsets.UTF_8), 16) + "\"";
            files.put(path, Answer.of(200, type, body).with("ETag", etag));
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + resource + " of the page could not be read", e);
        }
    }
}
