package io.jenkins.plugins.taskqueue.engine.ledger;

import java.util.stream.Stream;

/**
 * The rows that are pending, in the order in which they became so. The rows hold the links: a set of their own would cost as
 * much as half a name for each of very many items. Used by one thread.
 */
final class Pending {
    private Row first;
    private Row last;

    void add(Row row) {
        if (row.pending) {
            return;
        }
        row.pending = true;
        row.before = last;
        if (last == null) {
            first = row;
        } else {
            last.after = row;
        }
        last = row;
    }

    void remove(Row row) {
        if (!row.pending) {
            return;
        }
        if (row.before == null) {
            first = row.after;
        } else {
            row.before.after = row.after;
        }
        if (row.after == null) {
            last = row.before;
        } else {
            row.after.before = row.before;
        }
        row.pending = false;
        row.before = null;
        row.after = null;
    }

    void clear() {
        while (first != null) {
            remove(first);
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    Stream<Row> stream() {
        return Stream.iterate(first, row -> row != null, row -> row.after);
    }
}
