package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.jenkins.plugins.taskqueue.engine.Observed;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has a queue's labels and is none of its objects. What also has a name that we would give is left of an earlier
 * queue of this name, and goes; anything else is somebody's copy, and stays. Not thread-safe.
 */
final class Others {
    private static final int NAMED = 3;

    /**
     * @param heard when it was heard of last, by the table's clock
     * @param left whether it is left of an earlier queue
     * @param settled whether it goes by itself: it is being deleted, and we hold it no more
     */
    record Other(
            String kind, String name, String uid, int batch, long version, long heard, boolean left, boolean settled) {
        boolean is(Class<? extends HasMetadata> type) {
            return kind.equals(type.getSimpleName());
        }

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    private final ObjectNames names;
    private final Map<String, Other> byUid = new HashMap<>();

    Others(ObjectNames names) {
        this.names = names;
    }

    /** Whether that changes anything. */
    boolean see(HasMetadata object, long now) {
        var metadata = object.getMetadata();
        boolean settled = metadata.getDeletionTimestamp() != null
                && !metadata.getFinalizers().contains(Keys.FINALIZER);
        Other seen = new Other(
                object.getKind(),
                metadata.getName(),
                metadata.getUid(),
                ObjectNames.number(metadata.getLabels(), Keys.BATCH),
                Rows.version(object),
                now,
                names.fit(object),
                settled);
        Other known = byUid.get(seen.uid());
        if (known != null && known.version() > seen.version()) {
            return false;
        }
        byUid.put(seen.uid(), seen);
        return known == null || known.settled() != seen.settled();
    }

    boolean gone(String uid) {
        return byUid.remove(uid) != null;
    }

    /** A complete list of one kind has these names. Whether that changes anything. */
    boolean listed(Class<? extends HasMetadata> kind, Set<String> listed, long begun) {
        return byUid.values()
                .removeIf(other -> other.is(kind) && other.heard() < begun && !listed.contains(other.name()));
    }

    void clear() {
        byUid.clear();
    }

    /** What is left of an earlier queue and does not go by itself. */
    List<ObjectReference> left() {
        return byUid.values().stream()
                .filter(other -> other.left() && !other.settled())
                .map(other -> reference(other.kind(), other.name(), other.uid()))
                .toList();
    }

    static ObjectReference reference(String kind, Rows.Row<?> row) {
        return reference(kind, row.name(), row.uid());
    }

    private static ObjectReference reference(String kind, String name, String uid) {
        return new ObjectReferenceBuilder()
                .withApiVersion(kind.equals("Job") ? "batch/v1" : "v1")
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .build();
    }

    /** Whether a deletion by these batches' labels would take a copy along. */
    boolean hasCopyOf(Set<Integer> batches) {
        return byUid.values().stream().anyMatch(other -> !other.left() && batches.contains(other.batch()));
    }

    /** The highest batch that an earlier queue has left something of. */
    int highest() {
        return byUid.values().stream()
                .filter(Other::left)
                .mapToInt(Other::batch)
                .max()
                .orElse(0);
    }

    /** @param unreadable as the observation has it */
    Observed.Others view(String unreadable) {
        String left = sentence(true, " left of an earlier queue of this name, and removed: ");
        String copies = sentence(false, " ignored: its labels are this queue's, and its name or its owner is not: ");
        return new Observed.Others(!left().isEmpty(), (left + " " + copies).strip(), unreadable);
    }

    private String sentence(boolean left, String what) {
        List<String> some = byUid.values().stream()
                .filter(other -> other.left() == left)
                .map(Other::toString)
                .sorted(Comparator.naturalOrder())
                .toList();
        if (some.isEmpty()) {
            return "";
        }
        String named = some.stream().limit(NAMED).collect(Collectors.joining(", "));
        String more = some.size() > NAMED ? " and " + (some.size() - NAMED) + " more" : "";
        return "In the cluster there is something" + what + named + more + ".";
    }
}
