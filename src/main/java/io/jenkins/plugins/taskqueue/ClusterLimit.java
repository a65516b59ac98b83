package io.jenkins.plugins.taskqueue;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Shares a cluster's limit of items at once among its queues, so that what runs of all of them together never exceeds it,
 * even while shares move: a queue gets more only out of what is free, and what another gives up is free when it has
 * really ended. The shares tend to be even: whoever wants less than its share leaves the rest to the others.
 */
final class ClusterLimit {
    private ClusterLimit() {}

    /**
     * @param wanted the most items at once that the queue has a use for
     * @param held the most that may be running of it with what it was allowed so far
     */
    record Share(int wanted, int held) {}

    /**
     * What each queue is allowed from now on.
     *
     * @param shares in the order in which the queues began: where the limit is less than one for each, the first ones
     *     have it
     */
    static int[] allowances(int limit, List<Share> shares) {
        int[] wanted = shares.stream().mapToInt(Share::wanted).toArray();
        int[] held = shares.stream().mapToInt(Share::held).toArray();
        int[] even = fill(new int[held.length], wanted, limit);
        int free = limit - IntStream.of(held).sum();
        int[] begin = IntStream.range(0, held.length)
                .map(i -> Math.min(held[i], even[i]))
                .toArray();
        // Whoever holds more than its share gives up to it; the others grow beyond what they hold only by what is free.
        int[] most = IntStream.range(0, held.length)
                .map(i -> held[i] > even[i] ? begin[i] : even[i])
                .toArray();
        return fill(begin, most, Math.max(0, free));
    }

    /** Gives out so many, each to whoever has the least and has not the most of its own yet. */
    private static int[] fill(int[] begin, int[] most, int amount) {
        int[] given = begin.clone();
        for (int left = amount; left > 0; left--) {
            int least = -1;
            for (int i = 0; i < given.length; i++) {
                if (given[i] < most[i] && (least < 0 || given[i] < given[least])) {
                    least = i;
                }
            }
            if (least < 0) {
                break;
            }
            given[least]++;
        }
        return given;
    }
}
