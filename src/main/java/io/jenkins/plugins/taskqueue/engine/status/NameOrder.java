package io.jenkins.plugins.taskqueue.engine.status;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The natural order of very many names, found once. Belongs to one list that only grows at its end; what is added is
 * sorted and merged. Thread-safe.
 */
public final class NameOrder {
    private final NameKeys keys = new NameKeys();

    /** The rows of the list by name; never changed, only replaced. */
    private int[] order = {};

    /**
     * Rows in the order of their names; those of one name in the list's order.
     *
     * @param rows the list, or what it was before it grew
     * @param indexes of some rows, ascending
     */
    int[] of(List<ItemStatus> rows, int[] indexes) {
        BitSet wanted = new BitSet(rows.size());
        for (int index : indexes) {
            wanted.set(index);
        }
        int[] ordered = new int[indexes.length];
        int count = 0;
        for (int index : whole(rows)) {
            if (wanted.get(index)) {
                ordered[count++] = index;
            }
        }
        return ordered;
    }

    private synchronized int[] whole(List<ItemStatus> rows) {
        if (order.length < rows.size()) {
            RowOrder byName = RowOrder.byName(rows, keys.of(rows));
            order = merged(order, sorted(order.length, rows.size(), byName), byName);
        }
        return order;
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
}
