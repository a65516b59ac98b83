package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchDeletionsTest {
    private final List<Set<Integer>> requests = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void whatComesInTheMomentBeforeARequestGoesWithIt() throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch moment = new CountDownLatch(1);
        BatchDeletions deletions = new BatchDeletions(requests::add, () -> {
            paused.countDown();
            moment.await();
        });
        Future<?> first = delete(deletions, 1);
        paused.await();
        List<Future<?>> others = IntStream.rangeClosed(2, 5)
                .<Future<?>>mapToObj(n -> delete(deletions, n))
                .toList();
        while (deletions.gathered() < 5) {
            Thread.onSpinWait();
        }
        moment.countDown();
        first.get();
        for (Future<?> other : others) {
            other.get();
        }

        assertThat(requests).containsExactly(Set.of(1, 2, 3, 4, 5));
    }

    private Future<?> delete(BatchDeletions deletions, int batch) {
        return threads.submit(() -> {
            deletions.delete(batch);
            return null;
        });
    }
}
