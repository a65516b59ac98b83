package io.jenkins.plugins.taskqueue.engine;

import java.util.Optional;

/**
 * Port to a source ambassador: lists items and tells an item's data. Calls block and may come from several threads at
 * once; {@link #list} is called by one thread at a time.
 */
public interface Source extends AutoCloseable {

    /**
     * All items of the source, in the source's order.
     *
     * @param previous the last listing that this source gave, {@link Listing#NONE} at first
     * @return {@code previous} itself where nothing changed (an ETag matched, or the same names came again)
     * @throws SourceException when there is no complete and valid listing; the next poll tries again
     */
    Listing list(Listing previous) throws SourceException, InterruptedException;

    /**
     * The data of one item as JSON text.
     *
     * @return empty where the source does not know the item (404): the caller waits for the next listing, and if that
     *     still has the name the item has empty data
     * @throws SourceException when the answer could not be had or is not valid
     */
    Optional<String> data(String item) throws SourceException, InterruptedException;

    /**
     * Tells the source that an item is done. Called only where a listing said that it wants to be told, and at least once
     * for each item: the source may have been told before. One that it does not know any more is no error.
     *
     * @throws SourceException when the source was not told, or may not have been; it is told again later
     */
    default void done(String item) throws SourceException, InterruptedException {}

    /**
     * Tells the source that an item has failed for good, as {@link #done} does.
     *
     * @param reason why, for people; may be empty
     */
    default void failed(String item, String reason) throws SourceException, InterruptedException {}

    /** What this source is, for sentences: a URL or a word. */
    String describe();

    @Override
    default void close() {}
}
