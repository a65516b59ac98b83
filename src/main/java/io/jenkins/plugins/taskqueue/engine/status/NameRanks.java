package io.jenkins.plugins.taskqueue.engine.status;

import java.util.Arrays;
import java.util.List;

/**
 * The natural order of very many names, found once: a rank for each. Belongs to one list that only grows at its end;
 * what is added is sorted and merged. Thread-safe.
 */
public final class NameRanks {
    private final NameKeys keys = new NameKeys();

    /** The rows of the list by name. */
    private int[] order = {};

    private int[] ranks = {};

    /**
     * The rank of each row, in the list's order; equal for equal names. The array may be longer than the list, and must
     * not be changed.
     */
    synchronized int[] of(List<ItemStatus> rows) {
        if (ranks.length < rows.size()) {
            RowOrder byName = RowOrder.byNameOnce(rows, keys.of(rows));
            order = merged(order, sorted(ranks.length, rows.size(), byName), byName);
            ranks = ranks(rows, order);
        }
        return ranks;
    }

    private static int[] sorted(int from, int to, RowOrder byName) {
        int[] indexes = new int[to - from];
        Arrays.setAll(indexes, i -> from + i);
        byName.sortRange(indexes, 0, indexes.length);
        return indexes;
    }

    private static int[] merged(int[] left, int[] right, RowOrder byName) {
        int[] all = new int[left.length + right.length];
        int l = 0;
        int r = 0;
        for (int i = 0; i < all.length; i++) {
            boolean fromLeft = r == right.length || (l < left.length && byName.compare(left[l], right[r]) < 0);
            all[i] = fromLeft ? left[l++] : right[r++];
        }
        return all;
    }

    private static int[] ranks(List<ItemStatus> rows, int[] order) {
        int[] ranks = new int[order.length];
        for (int i = 1; i < order.length; i++) {
            boolean same =
                    rows.get(order[i]).name().equals(rows.get(order[i - 1]).name());
            ranks[order[i]] = same ? ranks[order[i - 1]] : i;
        }
        return ranks;
    }
}
