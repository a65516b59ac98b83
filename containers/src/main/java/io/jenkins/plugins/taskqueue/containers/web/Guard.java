package io.jenkins.plugins.taskqueue.containers.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.Optional;

/** What is true of every answer: nothing can be changed by a request, and no other site reads or frames the page. */
final class Guard {
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final boolean loopback;

    /** @param loopback whether the server is bound to this machine alone */
    Guard(boolean loopback) {
        this.loopback = loopback;
    }

    /** Sets the headers of every answer. */
    void protect(HttpExchange exchange) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }

    /** The answer to a request that is not looked at any further. */
    Optional<Answer> refuse(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Optional.of(Answer.text(405, "This server only shows: use GET or HEAD."));
        }
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (loopback && !isThisMachine(host)) {
            return Optional.of(Answer.text(
                    421,
                    "This server is for this machine alone: call it localhost or 127.0.0.1, or start the manager with"
                            + " --host to let others in."));
        }
        return Optional.empty();
    }

    // A foreign site may give its own name our address (DNS rebinding), and then its script reads what we answer. The
    // browser still says that site's name here.
    private static boolean isThisMachine(String host) {
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":\\d+$", "");
        return name.equalsIgnoreCase("localhost")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
                || name.equals("[::1]");
    }
}
