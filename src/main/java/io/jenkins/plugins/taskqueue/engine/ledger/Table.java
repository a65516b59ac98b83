package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.NameOrder;
import io.jenkins.plugins.taskqueue.engine.status.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows as they are shown, counted by state, with the revision in which each last changed. Used by one thread. */
public final class Table {
    private final List<Row> shown = new ArrayList<>();
    private final int[] counts = new int[ItemState.values().length];
    /** Of rows that are no more, but count. */
    private final int[] forgotten = new int[ItemState.values().length];

    private long revision;
    private int ids;
    private boolean changed = true;
    private List<ItemStatus> published = List.of();
    private NameOrder names = new NameOrder();

    /** @param revision greater than any that an earlier manager of the queue can have given out, such as the time */
    public Table(long revision) {
        this.revision = revision;
    }

    int nextId() {
        return ids++;
    }

    void append(Row row) {
        row.position = shown.size();
        shown.add(row);
        count(row.status, 1);
        changed = true;
    }

    void replace(List<Row> rows) {
        boolean grown =
                rows.size() >= shown.size() && rows.subList(0, shown.size()).equals(shown);
        shown.forEach(row -> row.position = -1);
        shown.clear();
        System.arraycopy(forgotten, 0, counts, 0, counts.length);
        if (!grown) { // each listing comes here, and most say the same
            names = new NameOrder();
        }
        rows.forEach(this::append);
        changed = true;
    }

    /** Drops rows that go on being counted in the state that they have. */
    void forget(Set<Row> rows) {
        List<Row> left = new ArrayList<>(shown.size());
        for (Row row : shown) {
            if (rows.contains(row)) {
                row.position = -1;
                forgotten[row.status.state().ordinal()]++;
            } else {
                left.add(row);
            }
        }
        replace(left);
    }

    /** @return whether a reader sees a difference */
    boolean update(Row row, ItemStatus fresh) {
        if (fresh.sameAs(row.status)) {
            return false;
        }
        if (row.position >= 0) {
            count(row.status, -1);
            count(fresh, 1);
            changed = true;
        }
        row.status = fresh.at(revision + 1);
        return true;
    }

    private void count(ItemStatus status, int by) {
        if (status != null) {
            counts[status.state().ordinal()] += by;
        }
    }

    /** The rows now. The same list as before where nothing changed. */
    public List<ItemStatus> publish() {
        if (changed) {
            ItemStatus[] cells = new ItemStatus[shown.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = shown.get(i).status;
            }
            published = new Rows(cells, names);
            revision++;
            changed = false;
        }
        return published;
    }

    /** All rows, those included that are no more and count. */
    int size() {
        return shown.size() + Arrays.stream(forgotten).sum();
    }

    public long revision() {
        return revision;
    }

    /** Something beside the rows changed. */
    public void touch() {
        changed = true;
    }

    public Map<ItemState, Integer> counts() {
        Map<ItemState, Integer> byState = new EnumMap<>(ItemState.class);
        for (ItemState state : ItemState.values()) {
            byState.put(state, counts[state.ordinal()]);
        }
        return Collections.unmodifiableMap(byState);
    }
}
