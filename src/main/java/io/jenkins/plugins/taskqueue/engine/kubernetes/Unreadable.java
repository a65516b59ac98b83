package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Records that somebody made unreadable, by name, and why. What was read of them before still counts. Not thread-safe. */
final class Unreadable {
    private final Map<String, ClusterException> problems = new TreeMap<>();

    void add(String record, ClusterException problem) {
        problems.put(record, problem);
    }

    /** It can be read again, or is no more. Whether that is news. */
    boolean remove(String record) {
        return problems.remove(record) != null;
    }

    /** Whether any is not among these. */
    boolean keepOnly(Set<String> records) {
        return problems.keySet().retainAll(records);
    }

    void clear() {
        problems.clear();
    }

    String sentences() {
        return problems.values().stream().map(Throwable::getMessage).collect(Collectors.joining(" "));
    }

    /** Whoever begins with one does not know what its items are. */
    void check() throws ClusterException {
        for (ClusterException problem : problems.values()) {
            throw problem;
        }
    }

    /** It is not written over: its batch waits, and no other. */
    void check(String record) throws ClusterException {
        ClusterException problem = problems.get(record);
        if (problem != null) {
            throw new ClusterException(ClusterException.Kind.PASSING, problem.getMessage(), problem);
        }
    }
}
