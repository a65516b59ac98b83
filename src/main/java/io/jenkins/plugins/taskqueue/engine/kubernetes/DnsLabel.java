package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What Kubernetes takes for the name of a namespace or a Service. Anything else in a URL could lead elsewhere. */
final class DnsLabel {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private DnsLabel() {}

    /** @throws IllegalArgumentException with a sentence where it can't be such a name */
    static String require(String what, String name) {
        if (!LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException("The " + what + " is \"" + Text.head(name, 100)
                    + "\": give at most 63 of a-z, 0-9 and -, the first and the last no hyphen.");
        }
        return name;
    }

    /** As one segment of a URL's path, whatever it is. */
    static String segment(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.matches("\\.{1,2}") ? encoded.replace(".", "%2E") : encoded;
    }
}
