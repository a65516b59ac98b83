package io.jenkins.plugins.taskqueue.engine.status;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import java.util.function.ToLongFunction;

/** The order of rows; total, since rows that are equal in it stay in the source's order. */
final class RowOrder {
    private static final int SMALL = 16;

    private final IntBinaryOperator compare;

    private RowOrder(IntBinaryOperator compare) {
        this.compare = compare;
    }

    /**
     * One page of rows in the order that the query wants.
     *
     * @param matching the indexes of the rows that may be on it, ascending; put in another order by this
     */
    static int[] page(List<ItemStatus> rows, StatusQuery query, Instant now, int[] matching, int from, int to) {
        int sign = query.descending() ? -1 : 1;
        return switch (query.sort()) {
            case LISTED -> slice(matching, sign, from, to);
            case NAME -> slice(byName(rows, matching), sign, from, to);
            case STATE -> byFigure(rows, row -> rank(row.state()), sign).page(matching, from, to);
            case ATTEMPTS -> byFigure(rows, ItemStatus::attempts, sign).page(matching, from, to);
            case WAITED -> byFigure(rows, row -> row.waitedMillis(now), sign).page(matching, from, to);
            case RAN -> byFigure(rows, row -> row.ranMillis(now), sign).page(matching, from, to);
        };
    }

    private static int[] slice(int[] ordered, int sign, int from, int to) {
        int[] page = new int[to - from];
        for (int i = 0; i < page.length; i++) {
            page[i] = ordered[sign > 0 ? from + i : ordered.length - 1 - from - i];
        }
        return page;
    }

    private static int[] byName(List<ItemStatus> rows, int[] indexes) {
        NameOrder names = rows instanceof Rows known ? known.names() : new NameOrder();
        return names.of(rows, indexes);
    }

    private int[] page(int[] indexes, int from, int to) {
        sortRange(indexes, from, to);
        return Arrays.copyOfRange(indexes, from, to);
    }

    /** Puts in place what belongs between two positions of the order; what lies outside is left unsorted. */
    void sortRange(int[] indexes, int from, int to) {
        if (from < to && !isSorted(indexes)) {
            sort(indexes, 0, indexes.length, from, to, new SplittableRandom(indexes.length));
        }
    }

    /** As most sources give their names. */
    private boolean isSorted(int[] indexes) {
        for (int i = 1; i < indexes.length; i++) {
            if (compare(indexes[i - 1], indexes[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    // Quicksort that leaves alone the parts that no one asked for. No two rows are equal, so it needs no third part.
    // The pivot is drawn so that no source can choose names that make it slow.
    private void sort(int[] a, int low, int high, int from, int to, SplittableRandom random) {
        while (high - low > SMALL) {
            int pivot = a[random.nextInt(low, high)];
            int left = low;
            int right = high - 1;
            while (left <= right) {
                while (compare(a[left], pivot) < 0) {
                    left++;
                }
                while (compare(a[right], pivot) > 0) {
                    right--;
                }
                if (left <= right) {
                    int swapped = a[left];
                    a[left++] = a[right];
                    a[right--] = swapped;
                }
            }
            if (from <= right) {
                sort(a, low, Math.min(right + 1, high), from, to, random);
            }
            if (to <= left) {
                return;
            }
            low = left;
        }
        for (int i = low + 1; i < high; i++) {
            int index = a[i];
            int j = i;
            for (; j > low && compare(a[j - 1], index) > 0; j--) {
                a[j] = a[j - 1];
            }
            a[j] = index;
        }
    }

    int compare(int a, int b) {
        int order = compare.applyAsInt(a, b);
        return order != 0 ? order : Integer.compare(a, b);
    }

    /** By the names themselves, of which {@code keys} tell most apart. */
    static RowOrder byName(List<ItemStatus> rows, long[] keys) {
        return new RowOrder((a, b) -> keys[a] != keys[b]
                ? Long.compare(keys[a], keys[b])
                : NaturalOrder.compare(rows.get(a).name(), rows.get(b).name()));
    }

    private static RowOrder byFigure(List<ItemStatus> rows, ToLongFunction<ItemStatus> figure, int sign) {
        long[] figures = new long[rows.size()];
        Arrays.setAll(figures, i -> figure.applyAsLong(rows.get(i)));
        return new RowOrder((a, b) -> {
            boolean none = figures[a] == ItemStatus.NO_TIME;
            return none || figures[b] == ItemStatus.NO_TIME
                    ? Boolean.compare(none, figures[b] == ItemStatus.NO_TIME)
                    : sign * Long.compare(figures[a], figures[b]);
        });
    }

    private static int rank(ItemState state) {
        return switch (state) {
            case FAILED -> 0;
            case RUNNING -> 1;
            case STARTING -> 2;
            case PENDING -> 3;
            case CANCELLED -> 4;
            case SUCCEEDED -> 5;
            case SKIPPED -> 6;
        };
    }
}
