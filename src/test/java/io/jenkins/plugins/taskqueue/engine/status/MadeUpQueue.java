package io.jenkins.plugins.taskqueue.engine.status;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A queue that only exists as its status: items start, fail and end by chance. For tests and for looking at the page. */
public final class MadeUpQueue {
    public static final Instant BEGIN = Instant.parse("2026-11-24T08:00:00Z");

    private final Random random;
    private final List<ItemStatus> rows = new ArrayList<>();
    private final List<Integer> live = new ArrayList<>();
    private final int parallelism;
    private int next;
    private long revision = 1;
    private final Instant begun;
    private Instant now;

    public MadeUpQueue(Random random, int parallelism) {
        this(random, parallelism, BEGIN);
    }

    /** @param begun when the manager that makes it up was started */
    public MadeUpQueue(Random random, int parallelism, Instant begun) {
        this.random = random;
        this.parallelism = parallelism;
        this.begun = begun;
        now = begun;
    }

    public MadeUpQueue list(String name) {
        rows.add(new ItemStatus(
                rows.size() + 1, name, ItemState.PENDING, "", "", 0, 0, now, null, null, "", "", ++revision));
        return this;
    }

    /** Changes a row as the loop would: its revision says when. */
    public void change(int index, UnaryOperator<ItemStatus> change) {
        rows.set(index, change.apply(rows.get(index)).at(++revision));
    }

    public Instant now() {
        return now;
    }

    /** What a reader is answered. */
    public byte[] answer(String query) throws IOException {
        return answer(status(), query);
    }

    /** As the manager answers, whose status is as old as the last change. */
    public byte[] answer(Status old, String query) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StatusJson.writePage(StatusPage.of(old, StatusQuery.parse(query), now), out);
        return out.toByteArray();
    }

    /** Time passes and nothing changes. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Some time passes: some items end, some start. */
    public void advance(Duration time) {
        pass(time);
        for (int index : List.copyOf(live)) {
            if (random.nextInt(4) == 0) {
                change(index, row -> step(row));
                if (rows.get(index).state().isFinal()) {
                    live.remove((Integer) index);
                }
            }
        }
        while (live.size() < parallelism && next < rows.size()) {
            live.add(next);
            String message = "Pulling the image acme/thumbnailer:1.";
            change(next++, row -> row(row, ItemState.STARTING, "ContainerCreating", message, 1, null, null, ""));
        }
    }

    private ItemStatus step(ItemStatus row) {
        if (row.state() == ItemState.STARTING) {
            return row(row, ItemState.RUNNING, "", "", row.attempts(), now, null, "");
        }
        return switch (random.nextInt(12)) {
            case 0 -> row(row, ItemState.FAILED, "ExitCode", "The worker ended with exit code 69.", 4, null, now, "");
            case 1 -> row(row, ItemState.FAILED, "OOMKilled", "It used more memory than its limit.", 4, null, now, "");
            case 2 -> row(row, ItemState.STARTING, "Retrying", "Waits 20 s.", row.attempts() + 1, null, null, "");
            default ->
                row(row, ItemState.SUCCEEDED, "", "", row.attempts(), null, now, random.nextInt(40) + " thumbnails");
        };
    }

    public static ItemStatus row(
            ItemStatus row,
            ItemState state,
            String reason,
            String message,
            int attempts,
            Instant started,
            Instant ended,
            String result) {
        Instant start = started == null ? row.started() : started;
        return new ItemStatus(
                row.id(), row.name(), state, reason, message, attempts, 1, row.listed(), start, ended, result, "", 0);
    }

    public Status status() {
        return status(Status.Phase.RUNNING, "");
    }

    /** The same rows; the phase alone is a change, too. */
    public Status end(Status.Phase phase, String sentence) {
        revision++;
        return status(phase, sentence);
    }

    private Status status(Status.Phase phase, String sentence) {
        Map<ItemState, Integer> counts = new EnumMap<>(ItemState.class);
        for (ItemState state : ItemState.values()) {
            counts.put(state, 0);
        }
        rows.forEach(row -> counts.merge(row.state(), 1, Integer::sum));
        Duration toGo = next == 0 ? null : Duration.ofSeconds((rows.size() - next + live.size()) * 8L / parallelism);
        List<ItemStatus> copy = List.copyOf(rows);
        return new Status("videos", "run-1", phase, sentence, parallelism, counts, revision, now, begun, toGo, copy);
    }
}
