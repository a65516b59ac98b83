package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.containers.http.Answer;
import io.jenkins.plugins.taskqueue.containers.http.Request;
import io.jenkins.plugins.taskqueue.containers.http.WebServer;
import io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page like a build's in Jenkins, whose reader may change the queue; it remembers what was asked. */
final class ChangeableQueue implements AutoCloseable {
    private static final String TABLE = "/io/jenkins/plugins/taskqueue/TaskQueueTab/";
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
              <head data-crumb-header="Jenkins-Crumb" data-crumb-value="c0ffee">
                <title>Build</title>
                <meta name="color-scheme" content="light dark">
                %s
              </head>
              <body>
                <div class="task-queue" data-status-url="api/status" data-log-url="api/log" data-heading="h1"
                  data-key="1" data-name="given items" data-address="query" %s></div>
              </body>
            </html>
            """;

    /** Each as "action body crumb". */
    final List<String> asked = new CopyOnWriteArrayList<>();
    /** With this sentence everything that is asked is refused; null for nothing. */
    volatile String refusal;
    /** Whether the reader may change the queue. */
    volatile boolean changeable = true;

    private final MadeUpQueue queue;
    private final PageFiles files = new PageFiles();
    private final WebServer server;
    private volatile Status status;

    ChangeableQueue(MadeUpQueue queue) throws IOException {
        this.queue = queue;
        status = queue.status();
        server = new WebServer(
                "changeable", 4, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::handle);
        server.start();
    }

    static MadeUpQueue clips(int items) {
        MadeUpQueue queue = new MadeUpQueue(new Random(1), 4);
        for (int i = 0; i < items; i++) {
            queue.list("clip-" + i);
        }
        return queue;
    }

    void publish(Status next) {
        status = next;
    }

    MadeUpQueue queue() {
        return queue;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + "/");
    }

    private Answer handle(Request request) {
        try {
            return answer(request).with("Content-Security-Policy", StatusServer.CONTENT_SECURITY_POLICY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer answer(Request request) throws IOException {
        String path = request.path();
        if (path.startsWith("/do/")) {
            return act(request, path.substring("/do/".length()));
        }
        return switch (path) {
            case "/" -> Answer.of(200, "text/html; charset=utf-8", page().getBytes(StandardCharsets.UTF_8));
            case "/api/status" -> Answer.of(200, Routes.JSON, queue.answer(status, request.query()));
            case "/api/log" -> Answer.empty();
            case "/actions.js" -> Answer.of(200, "text/javascript; charset=utf-8", file("actions.js"));
            case "/actions.css" -> Answer.of(200, "text/css; charset=utf-8", file("actions.css"));
            default -> files.file(path).orElseGet(() -> Answer.text(404, "no such page"));
        };
    }

    private Answer act(Request request, String action) {
        if (!request.method().equals("POST")) {
            return Answer.text(405, "POST only");
        }
        String body = new String(request.body(), StandardCharsets.UTF_8);
        String crumb = request.header("Jenkins-Crumb");
        asked.add(String.join(" ", action, body, crumb));
        return refusal == null ? Answer.empty() : Answer.text(409, refusal);
    }

    private String page() {
        StringBuilder head = new StringBuilder();
        for (String style : List.of("page", "table", "controls", "rows", "details", "actions")) {
            head.append("<link rel=\"stylesheet\" href=\"").append(style).append(".css\">");
        }
        for (String script : List.of("dom", "text", "view", "head", "toolbar", "rows", "details", "actions", "table")) {
            head.append("<script src=\"").append(script).append(".js\" defer></script>");
        }
        return PAGE.formatted(head, changeable ? "data-action-url=\"do/\"" : "");
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = PageFiles.class.getResourceAsStream(TABLE + name)) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        server.close(Duration.ZERO);
    }
}
