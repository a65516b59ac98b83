package io.jenkins.plugins.taskqueue.engine.status;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which rows a query matches. */
final class RowFilter {
    private final Set<ItemState> states;
    private final String item;
    private final String search;
    private final char lower;
    private final char upper;

    private RowFilter(StatusQuery query) {
        states = query.states().isEmpty() ? EnumSet.allOf(ItemState.class) : EnumSet.copyOf(query.states());
        item = query.item();
        search = query.search();
        char first = search.isEmpty() ? ' ' : search.charAt(0);
        lower = Character.toLowerCase(first);
        upper = Character.toUpperCase(first);
    }

    /** Indexes into the rows, ascending. */
    static int[] matching(List<ItemStatus> rows, StatusQuery query) {
        int[] indexes = new int[rows.size()];
        if (query.states().isEmpty() && query.item() == null && query.search().isEmpty()) {
            Arrays.setAll(indexes, i -> i);
            return indexes;
        }
        RowFilter filter = new RowFilter(query);
        int count = 0;
        for (int i = 0; i < indexes.length; i++) {
            if (filter.matches(rows.get(i))) {
                indexes[count++] = i;
            }
        }
        return Arrays.copyOf(indexes, count);
    }

    private boolean matches(ItemStatus row) {
        return states.contains(row.state())
                && (item == null || item.equals(row.name()))
                && (search.isEmpty() || contains(row.name()) || contains(row.reason()) || contains(row.result()));
    }

    // Lower-casing 100,000 texts per request would cost more than the rest of the request.
    private boolean contains(String text) {
        int last = text.length() - search.length();
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if ((c == lower || c == upper) && text.regionMatches(true, i, search, 0, search.length())) {
                return true;
            }
        }
        return false;
    }
}
