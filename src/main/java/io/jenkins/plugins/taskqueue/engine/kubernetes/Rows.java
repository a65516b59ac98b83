package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is known of one kind of object, by name, fed by lists, by a watch and by the answers to our own writes in whatever
 * order they come. Among news an older version never overwrites a newer one, and what was deleted does not come back. A
 * list is believed in all that has not been heard of since it was begun, also where versions went back, as after a
 * restore. Resource versions are compared as numbers, which Kubernetes promises since KEP-5504. Not thread-safe.
 */
final class Rows<V> {
    /** Of what is no list: it is news. */
    static final long NEWS = Long.MIN_VALUE;

    private static final int MOST_DEAD = 10_000;

    /**
     * The object behind a row.
     *
     * @param heard when it was heard of last
     */
    record Row<V>(String name, String uid, long version, long heard, V view) {}

    private final Map<String, Row<V>> rows = new HashMap<>();
    /** When the last objects that are known to be deleted were deleted, by uid. */
    private final Map<String, Long> dead = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_DEAD;
        }
    };

    private final LongSupplier ticks;

    /** @param ticks every call gives a higher number */
    Rows(LongSupplier ticks) {
        this.ticks = ticks;
    }

    /**
     * Whether this object says more than what is known.
     *
     * @param begun when the list was begun that has it, or {@link #NEWS}
     */
    boolean isNews(HasMetadata object, long begun) {
        Long died = dead.get(object.getMetadata().getUid());
        if (died != null && (begun == NEWS || died >= begun)) {
            return false;
        }
        Row<V> known = rows.get(object.getMetadata().getName());
        if (known == null) {
            return true;
        }
        boolean same = known.uid().equals(object.getMetadata().getUid()) && known.version() == version(object);
        return begun != NEWS && known.heard() < begun ? !same : version(object) > known.version();
    }

    void put(HasMetadata object, V view) {
        String name = object.getMetadata().getName();
        dead.remove(object.getMetadata().getUid());
        rows.put(name, new Row<>(name, object.getMetadata().getUid(), version(object), ticks.getAsLong(), view));
    }

    Optional<Row<V>> get(String name) {
        return Optional.ofNullable(rows.get(name));
    }

    /** The row, if it is of that object and not of a later one with the same name. */
    Optional<Row<V>> get(String name, String uid) {
        return get(name).filter(row -> row.uid().equals(uid));
    }

    /** Another view of an object that is no more. */
    void bury(Row<V> row, V view) {
        dead.put(row.uid(), ticks.getAsLong());
        rows.put(row.name(), new Row<>(row.name(), row.uid(), row.version(), ticks.getAsLong(), view));
    }

    /** Another view of the same object, as it is known now. Whether it differs. */
    boolean replace(Row<V> seen, UnaryOperator<V> change) {
        Row<V> row = get(seen.name(), seen.uid()).orElse(seen);
        V view = change.apply(row.view());
        boolean differs = get(seen.name(), seen.uid()).isPresent() && !view.equals(row.view());
        if (differs) {
            rows.put(row.name(), new Row<>(row.name(), row.uid(), row.version(), row.heard(), view));
        }
        return differs;
    }

    /** What is known of that object; null for nothing. */
    V known(HasMetadata object) {
        return get(object.getMetadata().getName(), object.getMetadata().getUid())
                .map(Row::view)
                .orElse(null);
    }

    /** Forgets an object that is no more. Whether it was known. */
    boolean remove(String name, String uid) {
        dead.put(uid, ticks.getAsLong());
        return get(name, uid).map(row -> rows.remove(name)).isPresent();
    }

    void clear() {
        rows.clear();
    }

    boolean removeIf(Predicate<V> condition) {
        return rows.values().removeIf(row -> condition.test(row.view()));
    }

    /** Objects that a complete list should have had, when it was begun then. */
    List<Row<V>> missingFrom(Set<String> listed, long begun) {
        List<Row<V>> missing = new ArrayList<>();
        for (Row<V> row : rows.values()) {
            if (!listed.contains(row.name()) && row.heard() < begun && !dead.containsKey(row.uid())) {
                missing.add(row);
            }
        }
        return missing;
    }

    Stream<V> views() {
        return rows.values().stream().map(Row::view);
    }

    Collection<Row<V>> all() {
        return rows.values();
    }

    static long version(HasMetadata object) {
        return version(object.getMetadata().getResourceVersion());
    }

    static long version(String resourceVersion) {
        return resourceVersion == null || resourceVersion.isEmpty() ? 0 : Long.parseLong(resourceVersion);
    }
}
