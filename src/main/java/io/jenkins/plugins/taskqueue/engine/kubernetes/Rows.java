package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is known of one kind of object, by name, fed by a watch and by the answers to our own writes in whatever order
 * they come: an older version never overwrites a newer one, and what was deleted does not come back. Resource versions
 * are compared as numbers, which Kubernetes promises since KEP-5504. Not thread-safe.
 */
final class Rows<V> {
    /** The object behind a row. */
    record Row<V>(String name, String uid, long version, V view) {}

    private final Map<String, Row<V>> rows = new HashMap<>();
    private final Tombstones dead = new Tombstones();

    /** Whether this object is newer than what is known, and not known to be dead. */
    boolean isNews(HasMetadata object) {
        if (dead.contains(object.getMetadata().getUid())) {
            return false;
        }
        Row<V> known = rows.get(object.getMetadata().getName());
        return known == null || version(object) > known.version();
    }

    void put(HasMetadata object, V view) {
        String name = object.getMetadata().getName();
        rows.put(name, new Row<>(name, object.getMetadata().getUid(), version(object), view));
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
        dead.add(row.uid());
        rows.put(row.name(), new Row<>(row.name(), row.uid(), row.version(), view));
    }

    /** Another view of the same object, as it is known now. Whether it differs. */
    boolean replace(Row<V> seen, UnaryOperator<V> change) {
        Row<V> row = get(seen.name(), seen.uid()).orElse(seen);
        V view = change.apply(row.view());
        boolean differs = get(seen.name(), seen.uid()).isPresent() && !view.equals(row.view());
        if (differs) {
            rows.put(row.name(), new Row<>(row.name(), row.uid(), row.version(), view));
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
        dead.add(uid);
        return get(name, uid).map(row -> rows.remove(name)).isPresent();
    }

    void clear() {
        rows.clear();
    }

    boolean removeIf(Predicate<V> condition) {
        return rows.values().removeIf(row -> condition.test(row.view()));
    }

    /** Objects that a complete list of that version should have had. */
    List<Row<V>> missingFrom(Set<String> listed, long version) {
        List<Row<V>> missing = new ArrayList<>();
        for (Row<V> row : rows.values()) {
            if (!listed.contains(row.name()) && row.version() <= version && !dead.contains(row.uid())) {
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
