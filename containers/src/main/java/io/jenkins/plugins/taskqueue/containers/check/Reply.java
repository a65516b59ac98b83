package io.jenkins.plugins.taskqueue.containers.check;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;

/**
 * An ambassador's answer, or that there was none.
 *
 * @param status 0 where none came
 * @param failure why none came, as the end of a sentence; else empty
 */
record Reply(URI url, int status, HttpHeaders headers, byte[] body, String failure) {
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    static Reply none(URI url, String failure) {
        return new Reply(url, 0, NO_HEADERS, new byte[0], failure);
    }

    boolean isOk() {
        return status == 200;
    }

    /** Whether it says that there is no such thing. */
    boolean isNotFound() {
        return status == 404 || status == 410;
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The beginning of a sentence. */
    @Override
    public String toString() {
        return url + (status == 0 ? " " + failure : " answered " + status);
    }
}
