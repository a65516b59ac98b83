package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.PodView;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What {@link RuleBook} knows to be so, whatever a manager has seen of it: one life of a queue. */
final class Truth {
    /** How often each item was done. */
    final Map<String, Integer> successes = new HashMap<>();
    /** The pods of each item whose workers run. */
    final Map<String, Set<String>> running = new HashMap<>();
    /** The batch that holds a slot for an item. */
    final Map<String, Integer> held = new HashMap<>();
    /** The pods of each entry that ended, by how; those that vanished since included. */
    final Map<String, Set<String>> succeeded = new HashMap<>();

    final Map<String, Set<String>> failed = new HashMap<>();
    final Map<String, Set<String>> takenAway = new HashMap<>();
    /** When the last worker of an entry ended, and which of the two it is counted in; none where it costs nothing. */
    final Map<String, Instant> ended = new HashMap<>();

    /** Since when pods have waited for a container. */
    final Map<String, Instant> waits = new HashMap<>();

    final Map<String, Map<String, Set<String>>> lastCause = new HashMap<>();

    /** Pods that vanished after they had ended: a manager that was not there does not know of them. */
    final Set<String> vanished = new HashSet<>();

    /** Pods that came when an attempt of their number was over: nothing can keep their workers from starting once more. */
    final Set<String> again = new HashSet<>();

    /** Items that one manager knows to have ended, and another one would do again: they count as it suits. */
    final Set<String> uncertain = new HashSet<>();

    final Map<String, Integer> logRefusals = new HashMap<>();
    /** Items of which a record has ever said that they failed. */
    final Set<String> failedItems = new HashSet<>();

    /** For how many steps pods have ended that are wanted gone, by name. */
    final Map<String, Integer> heldSteps = new HashMap<>();

    int merges;
    int retries;
    final Set<Integer> numbers = new HashSet<>();
    /** Batches whose record somebody deleted: nobody can know what was written in it. */
    final Set<Integer> lost = new HashSet<>();
    /** Batches that whoever ended the run could not see: they are worked off all the same. */
    final Set<Integer> unseenAtTheEnd = new HashSet<>();
    /** More than the parallelism after it was lowered: nothing that was claimed before is stopped for it. */
    int bound = Integer.MAX_VALUE;

    Truth copy() {
        Truth copy = new Truth();
        copy.successes.putAll(successes);
        copy.held.putAll(held);
        copy(running, copy.running);
        copy(succeeded, copy.succeeded);
        copy(failed, copy.failed);
        copy(takenAway, copy.takenAway);
        copy.vanished.addAll(vanished);
        copy.again.addAll(again);
        copy.uncertain.addAll(uncertain);
        copy.ended.putAll(ended);
        copy.waits.putAll(waits);
        lastCause.forEach((entry, cause) -> copy.lastCause.put(entry, cause == failed ? copy.failed : copy.takenAway));
        copy.logRefusals.putAll(logRefusals);
        copy.failedItems.addAll(failedItems);
        copy.merges = merges;
        copy.retries = retries;
        copy.numbers.addAll(numbers);
        copy.lost.addAll(lost);
        copy.unseenAtTheEnd.addAll(unseenAtTheEnd);
        copy.bound = bound;
        return copy;
    }

    private static void copy(Map<String, Set<String>> from, Map<String, Set<String>> to) {
        from.forEach((key, set) -> to.put(key, new HashSet<>(set)));
    }

    static String entry(PodView pod) {
        return entry(pod.batch(), pod.index());
    }

    static String entry(int batch, int index) {
        return batch + "-" + index;
    }

    static int count(Map<String, Set<String>> pods, String entry) {
        return pods.getOrDefault(entry, Set.of()).size();
    }

    /** How many there are that everybody knows. */
    int countKnown(Map<String, Set<String>> pods, String entry) {
        return (int) pods.getOrDefault(entry, Set.of()).stream()
                .filter(pod -> !vanished.contains(pod))
                .count();
    }

    /** Another pod may have the same name once one has vanished. */
    private static String id(PodView pod) {
        return pod.name() + " of " + pod.created();
    }

    /** Whether a worker of the item runs; but for one that was created again after its time. */
    boolean isRunning(String item) {
        return !again.containsAll(running.getOrDefault(item, Set.of()));
    }

    void start(String item, String pod) {
        running.computeIfAbsent(item, unknown -> new HashSet<>()).add(pod);
    }

    /** Of an item that was given up a success counts only if it was seen before the pod was let go. */
    void end(PodView pod, String item, boolean live, Instant now) {
        running.getOrDefault(item, new HashSet<>()).remove(pod.name());
        String entry = entry(pod);
        ended.put(entry, now);
        lastCause.remove(entry);
        if (pod.phase() == PodView.Phase.SUCCEEDED) {
            add(succeeded, pod);
            if (live && !again.contains(pod.name())) { // else it counts once it is written
                successes.merge(item, 1, Integer::sum);
                held.remove(item);
            }
        } else if (!pod.isSuspended()) {
            Map<String, Set<String>> cause = pod.disrupted() ? takenAway : failed;
            add(cause, pod);
            lastCause.put(entry, cause);
        }
    }

    private static void add(Map<String, Set<String>> pods, PodView pod) {
        pods.computeIfAbsent(entry(pod), unknown -> new HashSet<>()).add(id(pod));
    }

    /** The pod is no more, and nobody need know how it ended: the item may be done anew. */
    void forget(PodView pod, String item, boolean live) {
        running.getOrDefault(item, new HashSet<>()).remove(pod.name());
        vanished.add(id(pod));
        lastCause.remove(entry(pod));
        if (live) {
            successes.remove(item);
            if (pod.isTerminal()) {
                uncertain.add(item);
            }
        }
    }

    /** The slots that are taken: items claimed and not ended, and items that have an outcome and still run. */
    int slots() {
        Set<String> taken = new HashSet<>(held.keySet());
        running.forEach((item, pods) -> {
            if (!pods.isEmpty()) {
                taken.add(item);
            }
        });
        taken.removeAll(uncertain);
        return taken.size();
    }
}
