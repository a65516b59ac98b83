package io.jenkins.plugins.taskqueue.engine;

import java.util.List;

/**
 * A complete listing of a source.
 *
 * @param names the items' names, unique, in the source's order
 * @param etag the source's ETag, empty where it has none
 * @param acknowledges whether the source wants to be told which items are done
 */
public record Listing(List<String> names, String etag, boolean acknowledges) {

    /** Before the first listing. Compared by identity: an empty listing of a source is another value. */
    public static final Listing NONE = new Listing(List.of(), "", false);

    public Listing {
        names = List.copyOf(names);
    }

    public static Listing of(String... names) {
        return new Listing(List.of(names), "", false);
    }
}
