package io.jenkins.plugins.taskqueue.containers.ambassador;

import java.util.List;
import java.util.Optional;

/**
 * A store whose items an ambassador tells of: the one thing that a new ambassador has to write. Several threads call it
 * at once. Every answer is complete: what can't be read is an {@link ItemsException}, never an empty page, since a
 * queue would take an empty listing for having nothing left to do.
 */
public interface Items extends AutoCloseable {

    /**
     * The names that come after those of the earlier pages, in an order in which an item keeps its place while others
     * come and go: else a name would be on two pages, or on none.
     *
     * @param token what the page before gave as {@code next}, empty for the first page
     * @param limit the most names, 1 or more
     * @throws ItemsException with a sentence, also for a token that this store never gave
     */
    Page list(String token, int limit) throws ItemsException, InterruptedException;

    /**
     * One item's data as JSON text.
     *
     * @return empty where there is no such item
     * @throws ItemsException with a sentence, when the store can't be asked
     */
    Optional<String> data(String name) throws ItemsException, InterruptedException;

    /**
     * Whether the store wants to be told what became of its items. Such a store lists an item until it is told and not
     * longer; and it gives no two items one name, or the second would be taken for the first.
     */
    default boolean acknowledges() {
        return false;
    }

    /**
     * The item is done. Told at least once, so that the store may have been told before.
     *
     * @throws ItemsException with a sentence: {@link ItemsException#unknown} where there is no such item and none will
     *     come, any other when that can't be said now
     */
    default void done(String name) throws ItemsException, InterruptedException {}

    /**
     * The item has failed for good, and the store puts it aside where it has a place for that. Otherwise as {@link #done}.
     *
     * @param reason why, for people; may be empty
     */
    default void failed(String name, String reason) throws ItemsException, InterruptedException {}

    /** What this store is, for sentences. */
    String describe();

    @Override
    default void close() {}

    /**
     * Some names of a listing.
     *
     * @param next the token of the page after it, empty where it is the last
     */
    record Page(List<String> names, String next) {
        public Page {
            names = List.copyOf(names);
        }
    }
}
