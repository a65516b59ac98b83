package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.jenkins.plugins.taskqueue.engine.Observed;
import java.util.Optional;
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

    Observed.Run run() {
        return state == null
                ? new Observed.Run("", false, deleted)
                : new Observed.Run(state.run(), state.ended(), deleted);
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
