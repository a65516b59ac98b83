package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedThreadsTest {
    private final AtomicInteger made = new AtomicInteger();
    private final SharedThreads threads = new SharedThreads(3, task -> {
        made.incrementAndGet();
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final Semaphore goOn = new Semaphore(0);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        threads.close();
    }

    private Runnable call(String name) {
        return () -> {
            goOn.acquireUninterruptibly();
            done.add(name);
        };
    }

    @Test
    void oneWithMuchToDoLeavesThreadsToTheOthers() {
        var busy = threads.share(2);
        var other = threads.share(2);
        for (int i = 0; i < 50; i++) {
            busy.execute(new Semaphore(0)::acquireUninterruptibly);
        }
        other.execute(() -> done.add("other"));

        await().until(() -> done.contains("other"));
        assertThat(made).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void thoseThatWaitTakeTurns() {
        var busy = threads.share(3);
        var other = threads.share(3);
        for (int i = 0; i < 50; i++) {
            busy.execute(call("busy"));
        }
        other.execute(call("other"));
        goOn.release(6);

        await().until(() -> done.contains("other"));
        goOn.release(45);
        await().until(() -> done.size() == 51);
    }

    @Test
    void whatIsClosedForgetsWhatWaitsAndInterruptsWhatRuns() throws Exception {
        var share = threads.share(1);
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        share.execute(() -> {
            begun.countDown();
            try {
                goOn.acquire();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        share.execute(() -> done.add("forgotten"));
        begun.await();
        share.close();

        interrupted.await();
        assertThatThrownBy(() -> share.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        var later = threads.share(1);
        later.execute(() -> done.add("later"));
        await().until(() -> done.contains("later"));
        assertThat(done).containsExactly("later");
    }

    @Test
    void whatIsThrownEndsNobodysTurns() {
        var share = threads.share(1);
        share.execute(() -> {
            throw new StackOverflowError("a defect");
        });
        share.execute(() -> done.add("next"));

        await().until(() -> done.contains("next"));
    }
}
