package io.jenkins.plugins.taskqueue.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A reader that follows a queue by "changed since" sees what a reader sees that asks for everything each time. */
class ChangedSinceTest {
    private static final List<String> VIEWS = List.of(
            "limit=7",
            "limit=7&offset=7",
            "sort=name&direction=descending&limit=5&offset=3",
            "state=RUNNING,STARTING&limit=10",
            "sort=ran&direction=descending&limit=6",
            "q=3&limit=10");

    @Test
    void deltasAndFullAnswersAgreeWhateverHappens() {
        long seed = System.nanoTime();
        System.out.println("ChangedSinceTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            MadeUpQueue queue = new MadeUpQueue(random, 1 + random.nextInt(6));
            List<Reader> readers = VIEWS.stream().map(Reader::new).toList();
            for (int step = 0; step < 40; step++) {
                happen(queue, random);
                for (Reader reader : readers) {
                    if (random.nextInt(3) > 0) {
                        reader.poll(queue.status(), queue.now());
                        assertThat(reader.seen())
                                .as("seed %d, %s", seed, reader.view)
                                .isEqualTo(full(queue, reader.view));
                    }
                }
            }
        }
    }

    @Test
    void aRowThatEntersThePageUnchangedMakesTheReaderAskAgain() {
        MadeUpQueue queue =
                new MadeUpQueue(new Random(1), 1).list("a").list("b").list("c");
        Reader reader = new Reader("state=PENDING&limit=2");
        reader.poll(queue.status(), queue.now());
        queue.change(0, row -> MadeUpQueue.row(row, ItemState.SUCCEEDED, "", "", 1, null, null, ""));
        reader.poll(queue.status(), queue.now());

        assertThat(reader.seen()).extracting(ItemStatus::name).containsExactly("b", "c");
        assertThat(reader.fullAnswers).isEqualTo(2);
    }

    private static void happen(MadeUpQueue queue, Random random) {
        if (random.nextInt(3) == 0) {
            queue.list("item-" + queue.status().items().size());
        }
        if (random.nextInt(2) == 0) {
            queue.advance(Duration.ofSeconds(random.nextInt(5)));
        }
    }

    private static List<ItemStatus> full(MadeUpQueue queue, String view) {
        return StatusPage.of(queue.status(), StatusQuery.parse(view), queue.now())
                .rows();
    }

    /** What the page's script does: keeps the rows of the last order, and no others. */
    private static final class Reader {
        private final String view;
        private Map<Integer, ItemStatus> rows = Map.of();
        private List<Integer> order = List.of();
        private long revision = -1;
        private int fullAnswers;

        Reader(String view) {
            this.view = view;
        }

        void poll(Status status, Instant now) {
            if (revision < 0 || !take(status, StatusQuery.parse(view + "&since=" + revision), now)) {
                fullAnswers++;
                assertThat(take(status, StatusQuery.parse(view), now)).isTrue();
            }
        }

        private boolean take(Status status, StatusQuery query, Instant now) {
            StatusPage page = StatusPage.of(status, query, now);
            Map<Integer, ItemStatus> next = new HashMap<>();
            List<Integer> ids = page.rows().stream().map(ItemStatus::id).toList();
            for (int id : ids) {
                if (rows.containsKey(id)) {
                    next.put(id, rows.get(id));
                }
            }
            page.changed().forEach(row -> next.put(row.id(), row));
            rows = next;
            order = ids;
            revision = status.revision();
            return next.keySet().containsAll(ids);
        }

        List<ItemStatus> seen() {
            List<ItemStatus> seen = new ArrayList<>();
            order.forEach(id -> seen.add(rows.get(id)));
            return seen;
        }
    }
}
