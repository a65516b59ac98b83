package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A source that is reached through the API server's proxy. That decodes a path and cleans it: a slash in a name arrives as
 * a slash, which an ambassador can understand, but {@code a//b} arrives as {@code a/b} and would get another item's data.
 * So an item whose name would not arrive fails.
 */
public final class ProxiedSource implements Source {
    private final Source inner;

    /** @param inner sends its requests through an {@link ApiServerProxy} */
    public ProxiedSource(Source inner) {
        this.inner = inner;
    }

    @Override
    public Listing list(Listing previous) throws SourceException, InterruptedException {
        return inner.list(previous);
    }

    @Override
    public Optional<String> data(String item) throws SourceException, InterruptedException {
        check(item);
        return inner.data(item);
    }

    @Override
    public void done(String item) throws SourceException, InterruptedException {
        check(item);
        inner.done(item);
    }

    @Override
    public void failed(String item, String reason) throws SourceException, InterruptedException {
        check(item);
        inner.failed(item, reason);
    }

    private static void check(String item) throws SourceException {
        if (isChanged(item)) {
            throw SourceException.permanent("The item \"" + item + "\" can't be asked for by its name through the API"
                    + " server, which drops an empty, \".\" or \"..\" part of it. Rename the item, or give the ambassador"
                    + " a URL.");
        }
    }

    private static boolean isChanged(String item) {
        return item.startsWith("/")
                || item.contains("//")
                || Arrays.stream(item.split("/")).anyMatch(part -> part.equals(".") || part.equals(".."));
    }

    @Override
    public String describe() {
        return inner.describe();
    }

    @Override
    public void close() {
        inner.close();
    }
}
