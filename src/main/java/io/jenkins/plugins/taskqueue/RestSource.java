package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.util.Optional;
import java.util.Set;

/** A source without the items that are done. */
final class RestSource implements Source {
    private final Source source;
    private final Set<String> done;
    /** Of the source, as it gave it. */
    private Listing whole = Listing.NONE;

    private Listing rest = Listing.NONE;

    RestSource(Source source, Set<String> done) {
        this.source = source;
        this.done = Set.copyOf(done);
    }

    @Override
    public Listing list(Listing previous) throws SourceException, InterruptedException {
        Listing fresh = source.list(previous == rest ? whole : Listing.NONE);
        if (fresh != whole || previous != rest) {
            whole = fresh;
            rest = new Listing(
                    fresh.names().stream().filter(name -> !done.contains(name)).toList(),
                    fresh.etag(),
                    fresh.acknowledges());
        }
        return rest;
    }

    @Override
    public Optional<String> data(String item) throws SourceException, InterruptedException {
        return source.data(item);
    }

    @Override
    public void done(String item) throws SourceException, InterruptedException {
        source.done(item);
    }

    @Override
    public void failed(String item, String reason) throws SourceException, InterruptedException {
        source.failed(item, reason);
    }

    @Override
    public String describe() {
        return source.describe();
    }

    @Override
    public void close() {
        source.close();
    }
}
