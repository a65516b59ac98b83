package io.jenkins.plugins.taskqueue.engine.status;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The rows of a status, which can't be changed, with what several statuses of a queue share to put them in order. */
public final class Rows extends AbstractList<ItemStatus> implements RandomAccess {
    private final ItemStatus[] cells;
    private final NameOrder names;

    /**
     * @param cells from now on no longer the caller's
     * @param names of this list, or of one that grew to it
     */
    public Rows(ItemStatus[] cells, NameOrder names) {
        this.cells = cells;
        this.names = names;
    }

    @Override
    public ItemStatus get(int index) {
        return cells[index];
    }

    @Override
    public int size() {
        return cells.length;
    }

    NameOrder names() {
        return names;
    }
}
