package io.jenkins.plugins.taskqueue.containers.http;

import java.util.Locale;
import java.util.Map;

/**
 * A request that has arrived completely.
 *
 * @param path as it was sent, percent-encoded
 * @param query as it was sent; null where there is none
 * @param headers by their names in small letters; of one that came several times the values are joined by commas
 */
public record Request(String method, String path, String query, Map<String, String> headers, byte[] body) {
    /** The header's value, or null. */
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    public boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Whether the path is one that a kubelet asks: answered by a thread of its own. */
    public boolean probes() {
        return path.equals("/healthz") || path.equals("/readyz");
    }
}
