package io.jenkins.plugins.taskqueue.engine.status;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which rows of a status a reader wants, and in which order.
 *
 * @param states rows in one of these states; empty means in any
 * @param search text that a row's name, reason or result contains, upper and lower case alike; may be empty
 * @param item the name of the only row wanted; null means any
 * @param sort what the rows are ordered by
 * @param descending whether the order is turned round; rows without a figure come last in both
 * @param offset so many rows of the order are left out before the page begins
 * @param limit at most so many rows are on the page
 * @param since the revision that the reader has: rows of the page that did not change after it are named only
 */
public record StatusQuery(
        Set<ItemState> states,
        String search,
        String item,
        Sort sort,
        boolean descending,
        int offset,
        int limit,
        OptionalLong since) {

    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 1000;

    /** What rows are ordered by. Equal ones stay in the source's order. */
    public enum Sort {
        /** The source's order. */
        LISTED,
        /** What failed first, then what goes on, then what waits, then what is done. */
        STATE,
        /** Numbers in names by their value: {@code part-9} before {@code part-10}. */
        NAME,
        ATTEMPTS,
        WAITED,
        RAN
    }

    public StatusQuery {
        states = states.isEmpty() ? Set.of() : Set.copyOf(states);
    }

    /**
     * A query as it stands in a URL: {@code state} (repeated, or with commas), {@code q}, {@code item}, {@code sort},
     * {@code direction}, {@code offset}, {@code limit}, {@code since}. Other parameters are not looked at, since a page
     * may have some of its own.
     *
     * @param rawQuery what follows the question mark, still percent-encoded; null or empty asks for the first page
     * @throws IllegalArgumentException with a sentence that names the parameter and what it may be
     */
    public static StatusQuery parse(String rawQuery) {
        QueryParameters parameters = QueryParameters.decode(rawQuery);
        return new StatusQuery(
                states(parameters.all("state")),
                parameters.last("q").orElse("").strip(),
                parameters.last("item").orElse(null),
                parameters
                        .last("sort")
                        .map(text -> oneOf("sort", text, Sort.values()))
                        .orElse(Sort.STATE),
                parameters.last("direction").map(StatusQuery::isDescending).orElse(false),
                (int) parameters.number("offset", 0, Integer.MAX_VALUE).orElse(0),
                (int) parameters.number("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT),
                parameters.number("since", 0, Long.MAX_VALUE));
    }

    private static Set<ItemState> states(List<String> texts) {
        Set<ItemState> states = EnumSet.noneOf(ItemState.class);
        for (String text : texts) {
            for (String word : text.split(",")) {
                if (!word.isBlank()) {
                    states.add(oneOf("state", word.strip(), ItemState.values()));
                }
            }
        }
        return states;
    }

    private static boolean isDescending(String text) {
        return oneOf("direction", text, Direction.values()) == Direction.DESCENDING;
    }

    private static <E extends Enum<E>> E oneOf(String parameter, String text, E[] values) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        String words = List.of(values).toString().toLowerCase(Locale.ROOT);
        throw QueryParameters.bad(parameter, text, "one of " + words.substring(1, words.length() - 1));
    }

    private enum Direction {
        ASCENDING,
        DESCENDING
    }
}
