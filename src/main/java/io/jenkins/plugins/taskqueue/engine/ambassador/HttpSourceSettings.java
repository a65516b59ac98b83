package io.jenkins.plugins.taskqueue.engine.ambassador;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Where an ambassador is and how far it is trusted. Immutable; made by {@link #of}.
 *
 * @param base what {@code items} is appended to; ends in a slash
 * @param token sent as bearer token, empty for none; never shown
 * @param timeout the longest that one request may take, from the connection to the answer's last byte
 * @param listBytes the most bytes of a listing, all its pages together
 * @param itemBytes the most bytes of one item's data
 * @param quoting whether sentences may quote what the ambassador answered; not where an address is only being tried out,
 *     which may be any server's
 */
public record HttpSourceSettings(
        URI base, String token, Duration timeout, long listBytes, int itemBytes, boolean quoting) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    public static final long DEFAULT_LIST_BYTES = 64L * 1024 * 1024;
    public static final int DEFAULT_ITEM_BYTES = 800 * 1024;

    private static final int MOST_ITEM_BYTES = 1024 * 1024 * 1024;

    public HttpSourceSettings {
        token = token.strip();
        // The HTTP client would put a refused header value into its message, and so the token into a log.
        require(
                token.chars().allMatch(c -> c > ' ' && c < 127),
                "The source's token has spaces, line breaks or characters that are not ASCII: give the bare token.");
        require(
                !timeout.isNegative() && !timeout.isZero(),
                "The source's time-out is " + timeout + ": it must be more than nothing.");
        require(listBytes > 0, "The most bytes of a listing are " + listBytes + ": it must be more than nothing.");
        require(
                itemBytes > 0 && itemBytes <= MOST_ITEM_BYTES,
                "The most bytes of an item's data are " + itemBytes + ": it must be from 1 to " + MOST_ITEM_BYTES
                        + ".");
    }

    /**
     * @param url the ambassador's base URL, with or without a prefix and a slash at the end
     * @throws IllegalArgumentException with a sentence, where it is no such URL
     */
    public static HttpSourceSettings of(String url) {
        return new HttpSourceSettings(base(url), "", DEFAULT_TIMEOUT, DEFAULT_LIST_BYTES, DEFAULT_ITEM_BYTES, true);
    }

    public HttpSourceSettings withToken(String bearer) {
        return new HttpSourceSettings(base, bearer, timeout, listBytes, itemBytes, quoting);
    }

    public HttpSourceSettings withTimeout(Duration longest) {
        return new HttpSourceSettings(base, token, longest, listBytes, itemBytes, quoting);
    }

    public HttpSourceSettings withListBytes(long most) {
        return new HttpSourceSettings(base, token, timeout, most, itemBytes, quoting);
    }

    public HttpSourceSettings withItemBytes(int most) {
        return new HttpSourceSettings(base, token, timeout, listBytes, most, quoting);
    }

    public HttpSourceSettings withoutQuotes() {
        return new HttpSourceSettings(base, token, timeout, listBytes, itemBytes, false);
    }

    @Override
    public String toString() {
        return "HttpSourceSettings[base=" + base + ", token=" + (token.isEmpty() ? "none" : "(hidden)") + ", timeout="
                + timeout + ", listBytes=" + listBytes + ", itemBytes=" + itemBytes + "]";
    }

    private static URI base(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "The source \"" + url.strip().replaceFirst("://.*@", "://…@") + "\" is not a URL: " + e.getReason()
                            + ".",
                    e);
        }
        // First of all, since the other sentences show the URL.
        require(
                uri.getRawUserInfo() == null,
                "The source's URL has a user or a password in it, and URLs are shown: use the token instead.");
        String shown = "The source's URL \"" + uri + "\" ";
        require(
                "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()),
                shown + "does not begin with http:// or https://.");
        require(uri.getHost() != null, shown + "names no host, or one with characters that no host name has.");
        require(
                uri.getRawQuery() == null && uri.getRawFragment() == null,
                shown + "has a query or a fragment: give the base URL alone, \"items\" is appended to it.");
        return URI.create(uri.toString().endsWith("/") ? uri.toString() : uri + "/");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
