package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.jenkins.plugins.taskqueue.engine.Observed;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/** What is known of a queue's owner object. Not thread-safe. */
final class OwnerRow {
    private final Rows<Owner.State> rows;
    private Owner.State state;
    private boolean deleted;

    OwnerRow(LongSupplier ticks) {
        rows = new Rows<>(ticks);
    }

    /** As it was last, though it is no more. */
    Optional<Owner.State> state() {
        return Optional.ofNullable(state);
    }

    Rows<?> rows() {
        return rows;
    }

    /**
     * @param highest the highest number of a batch that anything is known of
     * @param isThere tells whether the record of the batch with that number is seen
     */
    Observed.Run run(int highest, IntPredicate isThere) {
        if (state == null) {
            return new Observed.Run("", false, deleted, highest, true);
        }
        boolean settled = deleted || state.claimed() == 0 || isThere.test(state.claimed());
        return new Observed.Run(state.run(), state.ended(), deleted, Math.max(state.claimed(), highest), settled);
    }

    boolean see(ConfigMap map, long begun) {
        if (state != null && !state.uid().equals(map.getMetadata().getUid())) {
            boolean replaced = !deleted;
            deleted = true; // somebody else's queue of the same name is none of ours
            return replaced;
        }
        boolean isNews = rows.isNews(map, begun);
        if (isNews) {
            state = Owner.State.of(map);
            rows.put(map, state);
            deleted = map.getMetadata().getDeletionTimestamp() != null;
        }
        return isNews;
    }

    boolean gone(String name, String uid) {
        boolean known = rows.remove(name, uid);
        deleted |= known;
        return known;
    }

    void clear() {
        rows.clear();
        state = null;
        deleted = false;
    }
}
