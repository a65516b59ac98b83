package io.jenkins.plugins.taskqueue.engine.ledger;

import java.util.ArrayList;
import java.util.List;

/** The rows that changed since they were last taken, each once. Used by one thread. */
final class Touched {
    private List<Row> rows = new ArrayList<>();

    void add(Row row) {
        if (!row.touched) {
            row.touched = true;
            rows.add(row);
        }
    }

    void forget(Row row) {
        row.touched = false;
    }

    List<Row> take() {
        List<Row> taken = rows;
        rows = new ArrayList<>();
        taken.removeIf(row -> !row.touched);
        taken.forEach(this::forget);
        return taken;
    }
}
