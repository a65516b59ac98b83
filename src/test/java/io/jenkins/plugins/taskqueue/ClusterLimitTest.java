package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.ClusterLimit.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterLimitTest {
    @Test
    void queueThatIsAloneGetsWhatItWants() {
        assertThat(allowances(10, new Share(7, 0))).containsExactly(7);
        assertThat(allowances(10, new Share(70, 0))).containsExactly(10);
    }

    @Test
    void queuesGetEvenShares() {
        assertThat(allowances(10, new Share(50, 0), new Share(50, 0))).containsExactly(5, 5);
    }

    @Test
    void whatOneDoesNotWantGoesToTheOthers() {
        assertThat(allowances(12, new Share(50, 0), new Share(2, 0), new Share(50, 0)))
                .containsExactly(5, 2, 5);
    }

    @Test
    void whoHoldsTooMuchIsLoweredAndNobodyGrowsBeforeItIsFree() {
        assertThat(allowances(10, new Share(50, 10), new Share(50, 0))).containsExactly(5, 0);
        assertThat(allowances(10, new Share(50, 8), new Share(50, 0))).containsExactly(5, 2);
        assertThat(allowances(10, new Share(50, 5), new Share(50, 2))).containsExactly(5, 5);
    }

    @Test
    void nothingMoreIsGivenWhileMoreRunsThanTheLimit() {
        assertThat(allowances(4, new Share(9, 9), new Share(9, 0), new Share(9, 1)))
                .containsExactly(2, 0, 1);
    }

    @Test
    void firstOnesBeginWhereThereIsNotOneForEach() {
        assertThat(allowances(2, new Share(5, 0), new Share(5, 0), new Share(5, 0)))
                .containsExactly(1, 1, 0);
    }

    @Test
    void limitOfNothingStopsAllThatIsNew() {
        assertThat(allowances(0, new Share(5, 3))).containsExactly(0);
    }

    /** Queues come, go, want more and less; each starts and ends items as it likes within what it is allowed. */
    @Test
    void whatRunsNeverExceedsTheLimitWhileSharesMove() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int limit = 1 + random.nextInt(20);
        List<Queue> queues = new ArrayList<>();
        int mostSeen = 0;
        for (int step = 0; step < 20_000; step++) {
            if (queues.size() < 6 && random.nextInt(50) == 0) {
                queues.add(new Queue());
            }
            queues.removeIf(queue -> queue.running == 0 && random.nextInt(200) == 0);
            queues.forEach(queue -> queue.live(random));
            int running = queues.stream().mapToInt(queue -> queue.running).sum();
            mostSeen = Math.max(mostSeen, running);
            assertThat(running)
                    .as("seed %d, step %d, limit %d", seed, step, limit)
                    .isLessThanOrEqualTo(limit);
            int[] allowed = ClusterLimit.allowances(
                    limit, queues.stream().map(Queue::share).toList());
            IntStream.range(0, allowed.length).forEach(i -> queues.get(i).allow(allowed[i]));
        }
        assertThat(mostSeen).as("seed %d: the limit was made use of", seed).isEqualTo(limit);
    }

    private static int[] allowances(int limit, Share... shares) {
        return ClusterLimit.allowances(limit, Arrays.asList(shares));
    }

    /** Hears of a lower allowance only later, as a manager does whose claim is under way. */
    private static final class Queue {
        int running;
        private int wanted;
        private int allowed;
        private int known;

        void live(Random random) {
            if (random.nextInt(20) == 0) {
                wanted = random.nextInt(30);
            }
            if (random.nextInt(4) == 0) {
                known = allowed;
            }
            if (running < known) {
                running += random.nextInt(known - running + 1);
            }
            running -= running == 0 ? 0 : random.nextInt(Math.min(running, 2) + 1);
        }

        Share share() {
            return new Share(wanted, Math.max(running, Math.max(known, allowed)));
        }

        void allow(int most) {
            allowed = most;
        }
    }
}
