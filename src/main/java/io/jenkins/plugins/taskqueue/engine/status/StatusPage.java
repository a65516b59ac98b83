package io.jenkins.plugins.taskqueue.engine.status;

import io.jenkins.plugins.taskqueue.engine.QueueId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The answer to a query: the rows of one page of a status, in order.
 *
 * @param now when it is answered; the status may be older, since it is made anew only when something changes
 * @param matched how many rows the query matches, on this page and on the others
 * @param rows the rows of this page
 */
public record StatusPage(Status status, StatusQuery query, Instant now, int matched, List<ItemStatus> rows) {

    /** Fit for 100,000 rows: linear in their number, at most the page itself is sorted. */
    public static StatusPage of(Status status, StatusQuery query, Instant now) {
        int[] matching = RowFilter.matching(status.items(), query);
        int from = Math.min(query.offset(), matching.length);
        int to = from + Math.min(query.limit(), matching.length - from);
        int[] page = RowOrder.page(status.items(), query, now, matching, from, to);
        List<ItemStatus> rows =
                Arrays.stream(page).mapToObj(status.items()::get).toList();
        return new StatusPage(status, query, now, matching.length, rows);
    }

    /**
     * The rows that the reader must be sent: all of the page, or those that changed after the revision that it has. A
     * reader with a revision of the future talked to a manager before this one and gets all.
     */
    public List<ItemStatus> changed() {
        long since = query.since().orElse(-1);
        if (since < 0 || since > status.revision()) {
            return rows;
        }
        return rows.stream().filter(row -> row.revision() > since).toList();
    }

    /**
     * A weak HTTP entity tag. It names what the reader would see, so it does not depend on {@code since}, nor on the
     * figures that only tick: a reader counts those on from the instants.
     */
    public static String etag(Status status, StatusQuery query) {
        String rows = String.join(
                "\n",
                status.queue(),
                status.run(),
                String.valueOf(status.begun()),
                new TreeSet<>(query.states()).toString(),
                query.search(),
                String.valueOf(query.item()),
                query.sort() + " " + query.descending() + " " + query.offset() + " " + query.limit());
        return "W/\"" + QueueId.hash(rows, 16) + "-" + status.revision() + "\"";
    }
}
