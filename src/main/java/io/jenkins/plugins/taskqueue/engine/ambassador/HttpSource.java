package io.jenkins.plugins.taskqueue.engine.ambassador;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A source ambassador over HTTP, API v1. Nothing that it answers is trusted: an answer is checked and bounded while it
 * arrives, and one that breaks a rule is refused as a whole.
 *
 * <p>The first request of a listing is a plain {@code GET items}, so that servers which know no paging, or refuse a
 * query that they do not know, work. Only an answer with {@code continue} is followed, by {@code ?continue=} alone: how
 * long its pages are is up to the server.
 */
public final class HttpSource implements Source {
    /** For whoever makes the client; a client without one would wait as long as the operating system does. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** More pages than this without a name, one after the other, are an endless listing; others end at the limit. */
    static final int MOST_EMPTY_PAGES = 1000;

    private static final int LONGEST_ETAG = 1024;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final HttpSourceSettings settings;
    private final Requests requests;
    private final long heap;

    /**
     * @param client must not follow redirects, which would take the token elsewhere
     * @param clock for a {@code Retry-After} that is a date
     */
    public HttpSource(HttpClient client, HttpSourceSettings settings, Clock clock) {
        this(client, settings, clock, Runtime.getRuntime().maxMemory());
    }

    /** @param heap the bytes of Java's heap */
    HttpSource(HttpClient client, HttpSourceSettings settings, Clock clock, long heap) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("The HTTP client of a source must not follow redirects.");
        }
        this.settings = settings;
        this.requests = new Requests(client, settings, clock);
        this.heap = heap;
    }

    /** With an HTTP client of its own. */
    public static HttpSource over(HttpSourceSettings settings) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new HttpSource(client, settings, Clock.systemUTC());
    }

    /** {@inheritDoc} The ETag of a listing in pages is not kept: it tells of its first page only. */
    @Override
    public Listing list(Listing previous) throws SourceException, InterruptedException {
        URI url = settings.base().resolve("items");
        ListedNames names = new ListedNames(previous.names(), settings.listBytes(), heap);
        Page page = page(url, previous.etag(), names, settings.listBytes());
        if (page == Page.UNCHANGED) {
            return previous;
        }
        String etag = page.next().isEmpty() ? page.etag() : "";
        boolean acknowledges = page.acknowledges();
        long left = settings.listBytes() - page.bytes();
        int empty = 0;
        while (!page.next().isEmpty()) {
            if (!page.isNew() || empty == MOST_EMPTY_PAGES) {
                throw SourceException.passing(
                        "The source " + url + " gave an endless listing, "
                                + (empty == MOST_EMPTY_PAGES ? empty + " pages without a name" : "a \"continue\" twice")
                                + ": correct the ambassador.",
                        null);
            }
            URI following = URI.create(url + "?continue=" + PercentEncoding.encode(page.next()));
            int before = names.size();
            page = page(following, "", names, left);
            left -= page.bytes();
            empty = names.size() == before ? empty + 1 : 0;
        }
        return listing(previous, names, etag, acknowledges);
    }

    @Override
    public Optional<String> data(String item) throws SourceException, InterruptedException {
        URI url = URI.create(settings.base() + "items/" + PercentEncoding.encode(item));
        try {
            return requests.get(
                    url,
                    "",
                    settings.listBytes(),
                    Set.of(NOT_FOUND, GONE),
                    answer -> answer.status() == 200
                            ? Optional.of(ItemReader.read(answer.body(), settings.itemBytes()))
                            : Optional.empty());
        } catch (Body.TooLarge e) {
            throw SourceException.permanent("The source " + url + " gave data of more than " + settings.itemBytes()
                    + " bytes. Let the data hold a reference, such as a path or a URL, and let the worker fetch it.");
        }
    }

    /** {@inheritDoc} Any answer of 2xx will do, and 404 or 410: then the source knew it before. */
    @Override
    public void done(String item) throws SourceException, InterruptedException {
        requests.post(told(item, "done"), "{}", Set.of(NOT_FOUND, GONE));
    }

    @Override
    public void failed(String item, String reason) throws SourceException, InterruptedException {
        requests.post(told(item, "failed"), Json.object("reason", reason), Set.of(NOT_FOUND, GONE));
    }

    private URI told(String item, String how) {
        return URI.create(settings.base() + "items/" + PercentEncoding.encode(item) + "/" + how);
    }

    @Override
    public String describe() {
        return settings.base().toString();
    }

    @Override
    public String toString() {
        return "HttpSource[" + describe() + "]";
    }

    private Page page(URI url, String etag, ListedNames names, long limit)
            throws SourceException, InterruptedException {
        try {
            Set<Integer> also = etag.isEmpty() ? Set.of() : Set.of(NOT_MODIFIED);
            return requests.get(url, etag, limit, also, answer -> {
                if (answer.status() == NOT_MODIFIED) {
                    return Page.UNCHANGED;
                }
                ListingReader.Page read = ListingReader.read(answer.body(), names);
                String given = answer.headers()
                        .firstValue("ETag")
                        .filter(HttpSource::canBeSent)
                        .orElse("");
                boolean isNew = read.next().isEmpty() || names.follow(read.next());
                return new Page(
                        read.next(),
                        isNew,
                        read.acknowledges(),
                        given,
                        answer.body().count());
            });
        } catch (Body.TooLarge e) {
            String fact = Objects.requireNonNullElse(
                    e.getMessage(),
                    "gave a listing of more than " + settings.listBytes()
                            + " bytes: list fewer items, or raise the source's limit.");
            throw SourceException.passing("The source " + Requests.shown(url) + " " + fact, e);
        }
    }

    /** A header's value comes from a stranger, too. */
    private static boolean canBeSent(String etag) {
        return etag.length() <= LONGEST_ETAG && etag.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static Listing listing(Listing previous, ListedNames names, String etag, boolean acknowledges) {
        Listing given = new Listing(names.all(), etag, acknowledges);
        return previous != Listing.NONE && given.equals(previous) ? previous : given;
    }

    /** @param isNew whether the token of the page after it is not one that was followed already */
    private record Page(String next, boolean isNew, boolean acknowledges, String etag, long bytes) {
        static final Page UNCHANGED = new Page("", true, false, "", 0);
    }
}
