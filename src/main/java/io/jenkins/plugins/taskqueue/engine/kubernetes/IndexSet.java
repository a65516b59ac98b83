package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.util.SortedSet;

/** Writes completion indexes as a Job's status has them: {@code 0-3,5}. */
final class IndexSet {
    private IndexSet() {}

    static String format(SortedSet<Integer> indexes) {
        var out = new StringBuilder();
        int first = -1;
        int last = -1;
        for (int index : indexes) {
            if (first >= 0 && index == last + 1) {
                last = index;
                continue;
            }
            append(out, first, last);
            first = index;
            last = index;
        }
        append(out, first, last);
        return out.toString();
    }

    private static void append(StringBuilder out, int first, int last) {
        if (first >= 0) {
            out.append(out.isEmpty() ? "" : ",").append(first);
            if (last > first) {
                out.append(last == first + 1 ? "," : "-").append(last);
            }
        }
    }
}
