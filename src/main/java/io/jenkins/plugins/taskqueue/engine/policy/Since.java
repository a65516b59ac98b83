package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when this process has seen things as they are now, by its own steady time. No time that another machine tells is
 * compared with that: their clocks may be minutes apart. After a restart it begins anew, so a wait may last longer than
 * it was meant to, and never less.
 */
public final class Since {
    public static final Since NOTHING = new Since(Map.of());
    private static final Instant OVER = Instant.MAX;
    private static final Instant LIVE = Instant.MIN;
    private static final int NONE = -1;

    /** An attempt, or a batch as a whole. */
    private record Thing(int batch, int index, int attempt) {}

    /** @param mark what is so: another mark is another state */
    private record Seen(Instant mark, Instant at) {}

    private final Map<Thing, Seen> seen;

    private Since(Map<Thing, Seen> seen) {
        this.seen = seen;
    }

    /** What is so now: what was so before keeps its time, and what is no more is forgotten. */
    public Since with(List<Batch> batches, Instant now) {
        Map<Thing, Seen> next = new HashMap<>();
        for (Batch batch : batches) {
            Instant state = batch.record().isEnded() ? OVER : LIVE;
            see(new Thing(batch.number(), NONE, NONE), state, now, next);
            for (Entry entry : batch.record().entries()) {
                int counted = entry.attempts().last();
                if (counted >= 0) {
                    see(new Thing(batch.number(), entry.index(), counted), OVER, now, next);
                }
                for (PodView pod : batch.pods().get(entry.index())) {
                    see(thing(pod), pod.isTerminal() ? OVER : pod.waitsSince(), now, next);
                }
            }
        }
        return new Since(next);
    }

    private void see(Thing thing, Instant mark, Instant now, Map<Thing, Seen> next) {
        if (mark != null) {
            Seen before = seen.get(thing);
            next.put(thing, before != null && before.mark().equals(mark) ? before : new Seen(mark, now));
        }
    }

    private static Thing thing(PodView pod) {
        return new Thing(pod.batch(), pod.index(), pod.attempt());
    }

    /** Since when a pod has been over, or has waited for what it waits for. */
    Instant of(PodView pod) {
        return seen.get(thing(pod)).at();
    }

    /** Since when an attempt has been over. */
    Instant of(Entry entry, int attempt) {
        return seen.get(new Thing(entry.batch(), entry.index(), attempt)).at();
    }

    /** Since when a batch has been there, or, of one whose record has every outcome, since when it has had them. */
    Instant of(Batch batch) {
        return seen.get(new Thing(batch.number(), NONE, NONE)).at();
    }
}
